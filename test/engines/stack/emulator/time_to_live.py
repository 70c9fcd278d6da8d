"""
Items whose time is over are deleted, and the stream says that DynamoDB did it. AWS takes up to some days, this a second.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html
"""
import logging
import threading
import time

from ministack.services import dynamodb

from scope import scope

log = logging.getLogger("time-to-live")
DYNAMODB = {"type": "Service", "principalId": "dynamodb.amazonaws.com"}
OLDEST = 5 * 365 * 24 * 60 * 60  # what is older is taken for a mistake


def install():
    dynamodb._ttl_reaper = lambda: None
    threading.Thread(target=run, daemon=True).start()


def run():
    while True:
        time.sleep(1)
        for (account, region, table), setting in list(dynamodb._ttl_settings.all_items()):
            if setting.get("TimeToLiveStatus") == "ENABLED":
                try:
                    with scope(account, region):
                        expire(table, setting["AttributeName"])
                except Exception:
                    log.exception("table %s", table)


def expire(name, attribute):
    with dynamodb._lock:
        table = dynamodb._tables.get(name) or {}
        for partition, items in list(table.get("items", {}).items()):
            for sort, item in list(items.items()):
                if is_over(item.get(attribute)):
                    dynamodb._remove_item(table, partition, sort)
                    dynamodb._emit_stream_event(name, "REMOVE", item, None)
                    dynamodb._stream_records[name][-1]["userIdentity"] = DYNAMODB


def is_over(value):
    return "N" in (value or {}) and time.time() - OLDEST < float(value["N"]) <= time.time()
