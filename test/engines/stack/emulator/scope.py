"""Account and region of what runs outside a request."""
from contextlib import contextmanager

from ministack.core.responses import _request_account_id, _request_region


@contextmanager
def scope(account: str, region: str):
    account_token, region_token = _request_account_id.set(account), _request_region.set(region)
    try:
        yield
    finally:
        _request_account_id.reset(account_token)
        _request_region.reset(region_token)
