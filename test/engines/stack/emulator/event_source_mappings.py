"""
Event source mappings of DynamoDB streams, one thread each: batch window, ReportBatchItemFailures, bisect, retries, record age,
and an on-failure destination on S3 that holds the records.
https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
"""
import json
import logging
import os
import threading
import time
import uuid
from datetime import datetime, timezone

from ministack.core.arn import parse_arn
from ministack.services import dynamodb, lambda_svc

from clients import client
from scope import scope

log = logging.getLogger("event-source-mappings")
# AWS waits longer from one attempt to the next; a test need not.
FIRST_PAUSE = float(os.environ.get("RETRY_PAUSE_SECONDS", "0.2"))
LONGEST_PAUSE = 2.0
SHARD = "shardId-00000001700000000000-00000000"


def install():
    lambda_svc._poll_dynamodb_streams = start_new_ones


running, mappings = {}, {}
malformed_ahead = 0


def start_new_ones():
    """Called by the emulator again and again, in place of its own poller."""
    for account, region, mapping in lambda_svc._iter_all_esms():
        is_stream = ":dynamodb:" in mapping.get("EventSourceArn", "")
        if is_stream and mapping["UUID"] not in running:
            mappings[mapping["UUID"]] = Mapping(account, region, mapping["UUID"])
            running[mapping["UUID"]] = threading.Thread(target=mappings[mapping["UUID"]].run, daemon=True)
            running[mapping["UUID"]].start()
    return False


class Mapping:
    def __init__(self, account, region, identity):
        self.account, self.region, self.identity = account, region, identity
        self.position = self.table = None

    @property
    def settings(self):
        """As they are now, None once it has been deleted."""
        for account, region, mapping in lambda_svc._iter_all_esms():
            if (account, region, mapping["UUID"]) == (self.account, self.region, self.identity):
                return mapping
        return None

    def run(self):
        with scope(self.account, self.region):
            while self.settings:
                try:
                    self.poll()
                except Exception:  # the mapping must outlive whatever one poll meets
                    log.exception("mapping %s", self.identity)
                    time.sleep(1)
        running.pop(self.identity, None)
        mappings.pop(self.identity, None)

    def poll(self):
        settings = self.settings
        table = self.table = parse_arn(settings["EventSourceArn"]).resource.split("/")[1]
        is_current = (dynamodb._tables.get(table) or {}).get("LatestStreamArn") == settings["EventSourceArn"]
        if not settings.get("Enabled", True) or not is_current:
            return time.sleep(0.2)
        oldest = dynamodb.stream_start_position(table)
        if self.position is None:
            from_start = settings.get("StartingPosition") == "TRIM_HORIZON"
            self.position = oldest if from_start else dynamodb.stream_end_position(table)
        self.position = max(self.position, oldest)
        records = self.window(table, settings)
        if not records:
            return time.sleep(0.05)
        wanted = lambda_svc._apply_filter_criteria([as_on_aws(record) for record in records], settings)
        if wanted:
            self.deliver(wanted, settings)
        self.position += len(records)

    def window(self, table, settings):
        """Up to a batch; fewer once the batching window is over."""
        size = settings.get("BatchSize", 100)
        until = time.time() + (settings.get("MaximumBatchingWindowInSeconds") or 0)
        records = dynamodb.stream_records_since(table, self.position, size)
        while records and len(records) < size and time.time() < until and self.settings:
            time.sleep(0.05)
            records = dynamodb.stream_records_since(table, self.position, size)
        return records

    def deliver(self, batch, settings):
        """Until all of it has been taken or given up, in order."""
        open_batches = [(batch, 0)]
        while open_batches and self.settings:
            records, attempts = open_batches.pop(0)
            records = self.young_enough(records, attempts, settings)
            if not records:
                continue
            failed_from, answer = self.invoke(records, settings)
            settings["LastProcessingResult"] = "OK" if failed_from is None else "PROBLEM: Function call failed"
            if failed_from is None:
                continue
            rest = records[failed_from:]
            if failed_from > 0:  # the checkpoint has moved: what follows it starts anew
                open_batches.insert(0, (rest, 0))
            elif settings.get("BisectBatchOnFunctionError") and len(rest) > 1:  # a split uses up no retry
                half = len(rest) // 2
                open_batches[:0] = [(rest[:half], attempts), (rest[half:], attempts)]
            elif 0 <= settings.get("MaximumRetryAttempts", -1) <= attempts:
                self.give_up(rest, "RetryAttemptsExhausted", attempts + 1, answer, settings)
                continue
            else:
                open_batches.insert(0, (rest, attempts + 1))
            time.sleep(min(FIRST_PAUSE * 2 ** attempts, LONGEST_PAUSE))

    def young_enough(self, records, attempts, settings):
        longest = settings.get("MaximumRecordAgeInSeconds") or -1
        if longest <= 0:
            return records
        old = [record for record in records if time.time() - record["dynamodb"]["ApproximateCreationDateTime"] > longest]
        if old:
            self.give_up(old, "MaxRecordAgeExceeded", attempts, {}, settings)
        return [record for record in records if record not in old]

    def invoke(self, records, settings):
        """Where to go on, None if nothing failed; and what the function answered."""
        function, _ = lambda_svc._get_func_record_for_qualifier(settings["FunctionName"], settings.get("Qualifier"))
        answer = lambda_svc._execute_function(function, {"Records": records})
        if answer.get("error") or answer.get("throttle"):
            return 0, answer
        if "ReportBatchItemFailures" not in (settings.get("FunctionResponseTypes") or []):
            return None, answer
        body = answer.get("body")
        body = json.loads(body) if isinstance(body, (str, bytes)) and body else body
        failures = (body or {}).get("batchItemFailures") or []
        if not failures:
            return None, answer
        sequence = [record["dynamodb"]["SequenceNumber"] for record in records]
        named = [failure.get("itemIdentifier") for failure in failures]
        return (min(map(sequence.index, named)) if all(name in sequence for name in named) else 0), answer

    def give_up(self, records, condition, attempts, answer, settings):
        destination = ((settings.get("DestinationConfig") or {}).get("OnFailure") or {}).get("Destination", "")
        if not destination.startswith("arn:aws:s3:::"):
            return
        now = datetime.now(timezone.utc)
        first, last = records[0]["dynamodb"], records[-1]["dynamodb"]
        record = {
            "requestContext": {
                "requestId": str(uuid.uuid4()),
                "functionArn": settings["FunctionArn"],
                "condition": condition,
                "approximateInvokeCount": attempts,
            },
            "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"} if answer else None,
            "version": "1.0",
            "timestamp": text(now.timestamp()),
            "DDBStreamBatchInfo": {
                "shardId": SHARD,
                "startSequenceNumber": first["SequenceNumber"],
                "endSequenceNumber": last["SequenceNumber"],
                "approximateArrivalOfFirstRecord": text(first["ApproximateCreationDateTime"]),
                "approximateArrivalOfLastRecord": text(last["ApproximateCreationDateTime"]),
                "batchSize": len(records),
                "streamArn": settings["EventSourceArn"],
            },
            "payload": json.dumps({"Records": records}),
        }
        key = f"aws/lambda/{self.identity}/{SHARD}/{now:%Y/%m/%d}/{now:%Y-%m-%dT%H.%M.%S}-{uuid.uuid4()}"
        client("s3", self.account, self.region).put_object(
            Bucket=destination.removeprefix("arn:aws:s3:::"), Key=key, Body=json.dumps(record).encode())


def as_on_aws(record):
    """Numbers of sequences have no zeros in front, ids are hexadecimal, and the size is that of the images."""
    global malformed_ahead
    stream = record["dynamodb"]
    if malformed_ahead > 0:
        malformed_ahead -= 1
        stream = {**stream, "SequenceNumber": f"not {stream['SequenceNumber']}"}
    images = [stream[name] for name in ("Keys", "NewImage", "OldImage") if name in stream]
    return {
        **record,
        "eventID": record["eventID"].replace("-", ""),
        "dynamodb": {
            **stream,
            "SequenceNumber": stream["SequenceNumber"].lstrip("0"),
            "SizeBytes": sum(len(json.dumps(image)) for image in images),
        },
    }


def text(seconds):
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
