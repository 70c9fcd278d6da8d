"""What the test's own side asks of the emulator, beside AWS's API: POST JSON to a path, each the name of an order."""
import json
import os
import threading
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from ministack.services import dynamodb, s3

import event_source_mappings
import permissions
from scope import scope

ACCOUNT, REGION = os.environ["MINISTACK_ACCOUNT_ID"], os.environ["MINISTACK_REGION"]


def install():
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ["CONTROL_PORT"])), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def denied(caller, workgroup, tables):
    """What the caller of a query may not do that it needs."""
    return permissions.denied(caller, workgroup, tables)


def malform(records):
    """So many records of streams arrive at their functions with a sequence number that is none."""
    event_source_mappings.malformed_ahead = records


def age(bucket, key, seconds):
    """The object was written so much earlier."""
    written = datetime.now(timezone.utc) - timedelta(seconds=seconds)
    s3._buckets[bucket]["objects"][key]["last_modified"] = written.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def backlog(table):
    """How many records of the table's stream its function has not taken yet."""
    return sum(dynamodb.stream_end_position(table) - (mapping.position or 0)
               for mapping in list(event_source_mappings.mappings.values()) if mapping.table == table)


ORDERS = {"/denied": denied, "/malform": malform, "/age": age, "/backlog": backlog}


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        try:
            with scope(ACCOUNT, REGION):
                status, body = 200, json.dumps({"answer": ORDERS[self.path](**asked)}).encode()
        except Exception as error:
            status, body = 500, repr(error).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass
