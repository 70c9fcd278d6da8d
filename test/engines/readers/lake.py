"""
What both readers share: the lake as pyiceberg sees it, the tables as DynamoDB has them, and what the streams told. It knows nothing of
the library. argv: the deployment as JSON, and what to read: streamed (waits until everything is in Bronze or set aside), events, tables.
"""
import json
import os
import sys
import time
from decimal import Decimal

import boto3
import pyarrow.parquet
from boto3.dynamodb.types import TypeDeserializer
from botocore.config import Config
from pyiceberg.catalog import load_catalog

deployment, WANTED = json.loads(sys.argv[1]), sys.argv[2]
ENDPOINT, REGION = os.environ.get("AWS_ENDPOINT_URL"), os.environ["AWS_REGION"]
S3 = boto3.client("s3", config=Config(s3={"addressing_style": "path"}))
PATIENCE = 1 if ENDPOINT else 10
STREAMED_WITHIN = 300 if ENDPOINT else 900  # seconds
TOLD_WITHIN = 0 if ENDPOINT else 10  # seconds, until a stream has what was written

emulated = {
    "glue.endpoint": ENDPOINT, "s3.endpoint": ENDPOINT, "s3.force-virtual-addressing": "false",
    "s3.access-key-id": os.environ.get("AWS_ACCESS_KEY_ID"), "s3.secret-access-key": os.environ.get("AWS_SECRET_ACCESS_KEY"),
} if ENDPOINT else {}
catalog = load_catalog("glue", **{
    "type": "glue", "glue.region": REGION, "s3.region": REGION, "py-io-impl": "pyiceberg.io.fsspec.FsspecFileIO", **emulated})


def table(layer, name):
    return catalog.load_table(f"{deployment['databases'][layer]}.{name}").scan().to_arrow().to_pylist()


def items(name):
    deserialize = TypeDeserializer().deserialize
    pages = boto3.client("dynamodb").get_paginator("scan").paginate(TableName=deployment["sources"][name], ConsistentRead=True)
    return [{key: deserialize(value) for key, value in item.items()} for page in pages for item in page["Items"]]


report = {"comparisons": {}, "differences": [], "rows": {}, "types": {}, "files": {}}


def compare(layer, name, key, expected):
    loaded = catalog.load_table(f"{deployment['databases'][layer]}.{name}")
    actual = loaded.scan().to_arrow().to_pylist()
    report["types"][f"{layer}.{name}"] = {field.name: str(field.field_type) for field in loaded.schema().fields}
    report["files"][f"{layer}.{name}"] = loaded.inspect.files().num_rows if loaded.current_snapshot() else 0
    found = {tuple(row[column] for column in key): row for row in actual}
    wanted = {tuple(row[column] for column in key): row for row in expected}
    full_name = f"{layer}.{name}"
    report["rows"][full_name], report["comparisons"][full_name] = len(actual), 0
    if len(found) != len(actual):
        report["differences"].append(f"{full_name}: {len(actual) - len(found)} rows have a key that another row has")
    for identity in sorted(found.keys() | wanted.keys(), key=str):
        row, want = found.get(identity), wanted.get(identity)
        if row is None or want is None:
            report["differences"].append(f"{full_name} {identity}: {'missing' if row is None else 'not in the source'}")
            continue
        for column, value in want.items():
            report["comparisons"][full_name] += 1
            if not same(row[column], value):
                report["differences"].append(f"{full_name} {identity} {column}: {row[column]!r}, the source has {value!r}")
    return actual


def same(left, right):
    if isinstance(left, float) and isinstance(right, float):
        return abs(left - right) <= 1e-9 * max(abs(left), abs(right))  # an average
    return type(left) is type(right) and left == right or left is None and right is None or isinstance(left, Decimal) and left == right


def keys(prefix):
    pages = S3.get_paginator("list_objects_v2").paginate(Bucket=deployment["bucket"], Prefix=prefix)
    return [entry["Key"] for page in pages for entry in page.get("Contents", [])]


def body(key):
    return S3.get_object(Bucket=deployment["bucket"], Key=key)["Body"].read()


read_already = {}


def recorded_events(bronze_name):
    """Event ids in the change log, whose files never change."""
    for key in keys(f"bronze/{bronze_name}/"):
        if key not in read_already:
            file = pyarrow.BufferReader(body(key))
            read_already[key] = pyarrow.parquet.read_table(file, columns=["_event_id"]).column(0).to_pylist()
    return {event for key, events in read_already.items() if key.startswith(f"bronze/{bronze_name}/") for event in events}


def given_up():
    """Event ids in batches that Lambda gave up."""
    payloads = [json.loads(json.loads(body(key))["payload"]) for key in keys("aws/lambda/")]
    return {record.get("eventID") for payload in payloads for record in payload["Records"]}


def rejected():
    """Event ids in what Bronze set aside. Lines of exports have none."""
    return {json.loads(line)["record"].get("eventID") for key in keys("rejected/") for line in body(key).decode().splitlines()}


def shards(streams, arn):
    last = {}
    while True:
        description = streams.describe_stream(StreamArn=arn, **last)["StreamDescription"]
        yield from description["Shards"]
        if "LastEvaluatedShardId" not in description:
            return
        last = {"ExclusiveStartShardId": description["LastEvaluatedShardId"]}


def stream_events(name):
    streams = boto3.client("dynamodbstreams")
    arn = boto3.client("dynamodb").describe_table(TableName=deployment["sources"][name])["Table"]["LatestStreamArn"]
    found = set()
    for shard in shards(streams, arn):
        iterator = streams.get_shard_iterator(StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
        patience = PATIENCE  # an answer without records is not yet the end of a shard
        while iterator and patience > 0:
            answer = streams.get_records(ShardIterator=iterator, Limit=1000)
            found.update(record["eventID"].replace("-", "") for record in answer["Records"])
            patience = PATIENCE if answer["Records"] else patience - 1
            iterator = answer.get("NextShardIterator")
    return found


def events():
    batches, records, untold, found = given_up(), rejected(), set(deployment.get("untold", [])), {}
    for silver_table, bronze_name in deployment["bronze"].items():
        sent, kept = stream_events(silver_table), recorded_events(bronze_name)
        found[silver_table] = {
            "sent": len(sent), "inBronze": len(sent & kept), "givenUp": len(sent & batches), "rejected": len(sent & records),
            "lost": sorted(sent - kept - batches - records - untold)}
    return found


def read_events():
    if "events" not in WANTED and "streamed" not in WANTED:
        return
    time.sleep(TOLD_WITHIN)
    end = time.time() + STREAMED_WITHIN
    report["events"] = events()
    while "streamed" in WANTED and any(table["lost"] for table in report["events"].values()) and time.time() < end:
        time.sleep(1)
        report["events"] = events()


def finish():
    """Prints the report and ends: pyarrow's threads may end too late for an orderly exit, which then is a crash."""
    print(json.dumps(report), flush=True)
    os._exit(0)
