"""Clients of the emulator itself, for what AWS does in an account's own name."""
import os
from functools import lru_cache

import urllib3
from botocore.config import Config
from botocore.session import get_session

urllib3.disable_warnings()  # of its own certificate


@lru_cache
def client(service, account, region):
    session = get_session()
    session.set_credentials(account, "test")
    return session.create_client(
        service,
        region_name=region,
        endpoint_url=f"https://127.0.0.1:{os.environ['GATEWAY_PORT']}",
        verify=False,
        config=Config(s3={"addressing_style": "path"}),
    )
