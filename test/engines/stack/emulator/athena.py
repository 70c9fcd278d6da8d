"""
Queries go to the Athena server in front of Trino, once the emulator has checked who asks and whether they may. That server asks
back what the caller may read and write, since Athena reads and writes in the caller's name.
"""
import asyncio
import json
import os
import urllib.error
import urllib.request

from ministack.services import athena

from resources import workgroups

QUERIES = {"StartQueryExecution", "GetQueryExecution", "StopQueryExecution", "GetQueryResults", "ListQueryExecutions"}
SERVER = os.environ["ATHENA_SERVER"]
everything_else = athena.handle_request


def install():
    athena.handle_request = handle_request


async def handle_request(method, path, headers, body, query_params):
    target = headers.get("x-amz-target", "")
    if target.split(".")[-1] not in QUERIES:
        return await everything_else(method, path, headers, body, query_params)
    return await asyncio.to_thread(forward, target, headers.get("authorization", ""), body)


def forward(target, authorization, body):
    request = urllib.request.Request(SERVER, data=body, headers={
        "x-amz-target": target, "authorization": authorization, "content-type": "application/x-amz-json-1.1"})
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            answered = answer.read()
            if target.endswith("StartQueryExecution"):
                workgroups[json.loads(answered)["QueryExecutionId"]] = json.loads(body).get("WorkGroup", "primary")
            return answer.status, dict(answer.headers), answered
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()
