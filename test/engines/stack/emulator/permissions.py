"""
What Athena does in its caller's name, and whether the caller's policies allow it: Glue's tables, objects below their locations, and
the results. https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html
"""
import os

from ministack.core import iam_evaluator

from clients import client

ACCOUNT, REGION = os.environ["MINISTACK_ACCOUNT_ID"], os.environ["MINISTACK_REGION"]
GLUE = {"read": "glue:GetTable", "write": "glue:UpdateTable", "create": "glue:CreateTable", "delete": "glue:DeleteTable"}
OBJECTS = {"read": ["s3:GetObject"], "write": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
           "create": ["s3:PutObject"], "delete": ["s3:DeleteObject"]}


def denied(caller, workgroup, tables):
    principal = iam_evaluator.resolve_principal(caller, ACCOUNT)
    if isinstance(principal, iam_evaluator.AuthError):
        return [["sts:GetCallerIdentity", principal.message]]
    if principal.policies is None:  # the account's root
        return []
    wanted = for_results(workgroup) + [right for table in tables for right in for_table(**table)]
    return [[action, arn] for action, arn in wanted if not allowed(principal, action, arn)]


def for_results(workgroup):
    settings = client("athena", ACCOUNT, REGION).get_work_group(WorkGroup=workgroup)["WorkGroup"]["Configuration"]
    location = settings["ResultConfiguration"]["OutputLocation"]
    return [("s3:PutObject", object_arn(location)), ("s3:GetBucketLocation", bucket_arn(location))]


def for_table(database, table, access, location=None):
    glue = f"arn:aws:glue:{REGION}:{ACCOUNT}"
    arns = [f"{glue}:catalog", f"{glue}:database/{database}", f"{glue}:table/{database}/{table}"]
    rights = [("glue:GetDatabase", arn) for arn in arns[:2]]
    rights += [(action, arn) for action in {"glue:GetTable", GLUE[access]} for arn in arns]
    location = location or location_of(database, table)
    if location:  # a view has none
        rights += [(action, object_arn(location)) for action in OBJECTS[access]] + [("s3:ListBucket", bucket_arn(location))]
    return rights


def location_of(database, table):
    glue = client("glue", ACCOUNT, REGION)
    try:
        found = glue.get_table(DatabaseName=database, Name=table)["Table"]
    except glue.exceptions.EntityNotFoundException:
        return None
    return (found.get("StorageDescriptor") or {}).get("Location")


def bucket_arn(location):
    return f"arn:aws:s3:::{location.removeprefix('s3://').split('/')[0]}"


def object_arn(location):
    return f"arn:aws:s3:::{location.removeprefix('s3://').rstrip('/')}/an-object"


def allowed(principal, action, arn):
    context = iam_evaluator.EvalContext(
        principal_arn=principal.arn, principal_type=principal.type, principal_account=principal.account,
        action=action, resource_arn=arn, region=REGION, secure_transport=True, principal_keys=principal.keys)
    return iam_evaluator.evaluate(context, principal.policies, *principal.limits).decision == "Allow"
