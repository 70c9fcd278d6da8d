"""
Exports of tables to S3, full and incremental, object for object as DynamoDB writes them, with the rights of whoever asks for them. The
emulator itself takes the call and writes nothing.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html
"""
import base64
import gzip
import hashlib
import json
import re
import threading
import time
import uuid
from contextvars import ContextVar
from datetime import datetime, timezone

from ministack.core import iam_evaluator
from ministack.core.responses import _request_account_id, _request_region, json_response
from ministack.services import dynamodb

import permissions
from clients import client
from scope import scope

FILES = 3  # one a partition at least
NEEDED = ("s3:PutObject", "s3:PutObjectAcl", "s3:AbortMultipartUpload")

caller = ContextVar("caller", default="")
everything, emitted = dynamodb.handle_request, dynamodb._emit_stream_event
# What the tables' continuous backups know: (microseconds, keys, former item, latter item). They reach back
# to before the tables, so that a window may be as long as the shortest has to be.
writes, exports, since = {}, {}, time.time() - 24 * 60 * 60


def install():
    dynamodb.handle_request = handle_request
    dynamodb._emit_stream_event = emit
    dynamodb._export_table_to_point_in_time = start
    dynamodb._describe_export = describe
    dynamodb._describe_continuous_backups = continuous_backups


async def handle_request(method, path, headers, body, query_params):
    key = re.search(r"Credential=([^/]+)/", headers.get("authorization", ""))
    caller.set(key.group(1) if key else "")
    return await everything(method, path, headers, body, query_params)


def emit(table_name, event_name, old_item, new_item, *rest, **more):
    if old_item != new_item:
        table = dynamodb._tables[table_name]
        keys = {entry["AttributeName"]: (new_item or old_item)[entry["AttributeName"]] for entry in table["KeySchema"]}
        writes.setdefault(table["TableArn"], []).append((time.time_ns() // 1000, keys, old_item, new_item))
    return emitted(table_name, event_name, old_item, new_item, *rest, **more)


def continuous_backups(asked):
    name = dynamodb._normalize_table_name(asked["TableName"])
    on = dynamodb._pitr_settings.get(name, False)
    recovery = {"PointInTimeRecoveryStatus": "ENABLED" if on else "DISABLED"}
    if on:
        recovery.update(EarliestRestorableDateTime=since, LatestRestorableDateTime=time.time())
    return json_response({"ContinuousBackupsDescription": {
        "ContinuousBackupsStatus": "ENABLED", "PointInTimeRecoveryDescription": recovery}})


def start(asked):
    known = next((export for export in exports.values() if export["ClientToken"] == asked["ClientToken"]), None)
    if known:
        return json_response({"ExportDescription": known})
    name = dynamodb._table_name_from_arn(asked["TableArn"])
    if not dynamodb._pitr_settings.get(name, False):
        return dynamodb.error_response_json("PointInTimeRecoveryUnavailableException", f"Point in time recovery is not enabled for {name}", 400)
    arn = f"{asked['TableArn']}/export/{int(time.time() * 1000):014d}-{uuid.uuid4().hex[:8]}"
    exports[arn] = {**asked, "ExportArn": arn, "ExportStatus": "IN_PROGRESS", "StartTime": time.time(), "ExportTime": time.time()}
    table = dynamodb._tables[name]
    with dynamodb._lock:
        items = [item for partition in table["items"].values() for item in partition.values()]
    account, region = _request_account_id.get(), _request_region.get()
    threading.Thread(target=carry_out, args=(account, region, exports[arn], json.loads(json.dumps(items)), caller.get()), daemon=True).start()
    return json_response({"ExportDescription": exports[arn]})


def describe(asked):
    export = exports.get(asked["ExportArn"])
    if export is None:
        return dynamodb.error_response_json("ExportNotFoundException", f"Export not found: {asked['ExportArn']}", 400)
    return json_response({"ExportDescription": export})


def carry_out(account, region, export, items, access_key):
    with scope(account, region):
        try:
            missing = lacking(account, access_key, f"arn:aws:s3:::{export['S3Bucket']}/{export['S3Prefix']}/an-object")
            if missing:
                export.update(ExportStatus="FAILED", FailureCode="S3AccessDenied", FailureMessage=f"not allowed: {', '.join(missing)}")
                return
            write(client("s3", account, region), export, items)
            export.update(ExportStatus="COMPLETED", EndTime=time.time())
        except Exception as error:
            export.update(ExportStatus="FAILED", FailureCode="UNKNOWN", FailureMessage=repr(error))


def lacking(account, access_key, arn):
    principal = iam_evaluator.resolve_principal(access_key, account)
    if principal.policies is None:  # the account's root
        return []
    return [action for action in NEEDED if not permissions.allowed(principal, action, arn)]


def write(s3, export, items):
    is_full = export.get("ExportType", "FULL_EXPORT") == "FULL_EXPORT"
    identity = export["ExportArn"].split("/")[-1]
    root = f"{export['S3Prefix']}/AWSDynamoDB"
    lines = [{"Item": item} for item in items] if is_full else changes(export)

    def put(key, text):
        s3.put_object(Bucket=export["S3Bucket"], Key=key, Body=text)
        return base64.b64encode(hashlib.md5(text).digest()).decode()

    put(f"{root}/{identity}/_started", b"")
    files = []
    for part in range(FILES):
        own = lines[part::FILES]
        key = f"{root}/{identity}/data/{uuid.uuid4().hex[:26]}.json.gz" if is_full else f"{root}/data/{uuid.uuid4().hex[:26]}.json.gz"
        body = gzip.compress("".join(json.dumps(line) + "\n" for line in own).encode())
        files.append({"itemCount": len(own), "md5Checksum": put(key, body), "etag": hashlib.md5(body).hexdigest(), "dataFileS3Key": key})
    listed = "".join(json.dumps(file) + "\n" for file in files)
    for name, text in {"files": listed, "summary": json.dumps(summary(export, is_full, len(lines), f"{root}/{identity}"))}.items():
        checksum = put(f"{root}/{identity}/manifest-{name}.json", text.encode())
        put(f"{root}/{identity}/manifest-{name}.md5", checksum.encode())
    export.update(ExportManifest=f"{root}/{identity}/manifest-summary.json", ItemCount=len(lines))


def changes(export):
    """The last state of each item that a window changed; nothing of one that came and went within it."""
    window = export["IncrementalExportSpecification"]
    start, end = (float(window[name]) * 1_000_000 for name in ("ExportFromTime", "ExportToTime"))
    last = {}
    for micros, keys, former, latter in writes.get(export["TableArn"], []):
        if start <= micros < end:
            identity = json.dumps(keys, sort_keys=True)
            first = last[identity]["OldImage"] if identity in last else former
            last[identity] = {"Metadata": {"WriteTimestampMicros": {"N": str(micros)}}, "Keys": keys, "OldImage": first, "NewImage": latter}
    lines = [line for line in last.values() if line["OldImage"] or line["NewImage"]]
    return [{name: value for name, value in line.items() if value} for line in lines]


def summary(export, is_full, count, folder):
    return {
        "version": "2020-06-30" if is_full else "2023-08-01",
        "exportArn": export["ExportArn"],
        "startTime": text(export["StartTime"]),
        "endTime": text(time.time()),
        "tableArn": export["TableArn"],
        "tableId": str(uuid.uuid4()),
        **({"exportTime": text(export["ExportTime"])} if is_full else {}),
        "s3Bucket": export["S3Bucket"],
        "s3Prefix": export["S3Prefix"],
        "s3SseAlgorithm": "AES256",
        "s3SseKmsKeyId": None,
        "manifestFilesS3Key": f"{folder}/manifest-files.json",
        "billedSizeBytes": 0,
        "itemCount": count,
        "outputFormat": "DYNAMODB_JSON",
        **({} if is_full else {"outputView": "NEW_AND_OLD_IMAGES", "exportType": "INCREMENTAL_EXPORT"}),
    }


def text(seconds):
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
