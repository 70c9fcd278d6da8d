"""Prints what of the example there is in the account, a line each: before a run nothing should be, and after it this is what it leaves."""
import boto3

NAME = "ecommerce"


def found(service, operation, key, name, **asked):
    """Names of what has the example's name at its start, whatever it is called with."""
    pages = boto3.client(service).get_paginator(operation).paginate(**asked)
    entries = [entry for page in pages for entry in page[key]]
    names = [entry if name is None else entry[name] for entry in entries]
    return [one for one in names if one.lower().removeprefix("/aws/cloudformation/").startswith(NAME)]


buckets = [bucket["Name"] for bucket in boto3.client("s3").list_buckets()["Buckets"]]
things = {
    "CloudFormation stack": found("cloudformation", "list_stacks", "StackSummaries", "StackName", StackStatusFilter=[
        "CREATE_COMPLETE", "CREATE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE",
        "UPDATE_ROLLBACK_FAILED", "DELETE_FAILED"]),
    "S3 bucket (versioned: its object versions go first)": [bucket for bucket in buckets if bucket.startswith(NAME)],
    "Glue database with its tables": found("glue", "get_databases", "DatabaseList", "Name"),
    "DynamoDB table": found("dynamodb", "list_tables", "TableNames", None),
    "log group": found("logs", "describe_log_groups", "logGroups", "logGroupName"),
}
for kind, names in things.items():
    for name in names:
        print(f"{kind}: {name}")
