"""
Former versions of Glue's tables: each update makes one, until it is deleted. The emulator counts them and has no call for them.
https://docs.aws.amazon.com/glue/latest/webapi/API_GetTableVersions.html
"""
import json

from ministack.core.responses import json_response
from ministack.services import glue

PAGE = 100
deleted = {}
everything_else = glue.handle_request


def install():
    glue.handle_request = handle_request


async def handle_request(method, path, headers, body, query_params):
    action = headers.get("x-amz-target", "").split(".")[-1]
    if action not in CALLS:
        return await everything_else(method, path, headers, body, query_params)
    asked = json.loads(body)
    table = glue._tables.get(f"{asked['DatabaseName']}/{asked['TableName']}")
    if table is None:
        return glue.error_response_json("EntityNotFoundException", f"Table {asked['TableName']} not found.", 400)
    return json_response(CALLS[action](asked, table))


def get(asked, table):
    present = [number for number in range(int(table["VersionId"]), 0, -1) if number not in gone(asked)]
    start = int(asked.get("NextToken", 0))
    versions = [{"Table": {**table, "VersionId": str(number)}, "VersionId": str(number)} for number in present[start:start + PAGE]]
    return {"TableVersions": versions, **({"NextToken": str(start + PAGE)} if start + PAGE < len(present) else {})}


def delete(asked, table):
    errors = []
    for text in asked["VersionIds"]:
        if text == table["VersionId"] or int(text) > int(table["VersionId"]) or int(text) in gone(asked):
            code = "InvalidInputException" if text == table["VersionId"] else "EntityNotFoundException"
            errors.append({"TableName": asked["TableName"], "VersionId": text, "ErrorDetail": {"ErrorCode": code, "ErrorMessage": code}})
        else:
            gone(asked).add(int(text))
    return {"Errors": errors}


def gone(asked):
    return deleted.setdefault((asked["DatabaseName"], asked["TableName"]), set())


CALLS = {"GetTableVersions": get, "BatchDeleteTableVersion": delete}
