"""
The resource that a request is checked against, where the emulator would name another one: in Glue the database or table that is asked
for, in Athena the workgroup of an execution, in DynamoDB the table that is exported.
https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsglue.html
"""
import json

from ministack.core import iam_actions

named_by_emulator = iam_actions.extract_resource_arn
# By execution: rights to an execution are rights to the workgroup that it runs in.
workgroups = {}


def install():
    iam_actions.extract_resource_arn = resource_arn


def resource_arn(service, method, path, headers, body, query_params, region, account_id):
    if service in RESOURCES:
        resource = RESOURCES[service](headers.get("x-amz-target", "").split(".")[-1], json.loads(body or b"{}"))
        if resource:
            return f"arn:aws:{service}:{region}:{account_id}:{resource}"
    return named_by_emulator(service, method, path, headers, body, query_params, region, account_id)


def of_glue(action, asked):
    table = (asked.get("TableInput") or {}).get("Name") or asked.get("TableName") or asked.get("Name")
    if action in ("GetDatabase", "UpdateDatabase", "DeleteDatabase"):
        return f"database/{asked['Name']}"
    if action == "CreateDatabase":
        return f"database/{asked['DatabaseInput']['Name']}"
    if action in ("GetTable", "CreateTable", "UpdateTable", "DeleteTable", "GetPartition", "GetPartitions", "GetTableVersions",
                  "BatchDeleteTableVersion"):
        return f"table/{asked['DatabaseName']}/{table}"
    return None


def of_athena(_, asked):
    workgroup = workgroups.get(asked.get("QueryExecutionId"))
    return workgroup and f"workgroup/{workgroup}"


def of_dynamodb(_, asked):
    """Exports are asked for by the table's ARN, and looked at by their own."""
    arn = asked.get("TableArn") or asked.get("ExportArn")
    return arn and arn.split(":", 5)[5]


RESOURCES = {"glue": of_glue, "athena": of_athena, "dynamodb": of_dynamodb}
