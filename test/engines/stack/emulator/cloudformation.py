"""Properties of resources that the emulator's CloudFormation takes and forgets."""
from ministack.services import dynamodb, s3
from ministack.services.cloudformation import provisioners
from ministack.services.cloudformation.provisioners import _RESOURCE_HANDLERS

alarm_of_one_metric = provisioners._cw_metric_alarm_record


def install():
    provisioners._cw_metric_alarm_record = alarm
    afterwards("AWS::S3::Bucket", bucket)
    afterwards("AWS::DynamoDB::Table", table)
    afterwards("AWS::DynamoDB::GlobalTable", table)


def afterwards(resource_type, apply):
    handlers = _RESOURCE_HANDLERS[resource_type]
    create, update = handlers["create"], handlers.get("update")

    def created(logical_id, properties, stack):
        physical_id, attributes = create(logical_id, properties, stack)
        apply(physical_id, properties)
        return physical_id, attributes

    def updated(physical_id, old, new, *rest):
        result = update(physical_id, old, new, *rest)
        apply(result[0], new)
        return result

    handlers["create"] = created
    if update:
        handlers["update"] = updated


def bucket(name, properties):
    """Tags, without which CDK does not empty a bucket."""
    if properties.get("Tags"):
        s3._bucket_tags[name] = {tag["Key"]: tag["Value"] for tag in properties["Tags"]}


def table(name, properties):
    expiry = properties.get("TimeToLiveSpecification") or {}
    if expiry.get("AttributeName"):
        enabled = str(expiry.get("Enabled", True)).lower() == "true"
        dynamodb._ttl_settings[name] = {
            "AttributeName": expiry["AttributeName"], "TimeToLiveStatus": "ENABLED" if enabled else "DISABLED"}
    replicas = [replica.get("PointInTimeRecoverySpecification") for replica in properties.get("Replicas") or []]
    recovery = next(filter(None, [properties.get("PointInTimeRecoverySpecification"), *replicas]), {})
    dynamodb._pitr_settings[name] = str(recovery.get("PointInTimeRecoveryEnabled", False)).lower() == "true"


def alarm(name, properties):
    """Of several metrics the first stands for all: the emulator knows no metric math, and no test waits for an alarm."""
    metrics = [metric["MetricStat"] for metric in properties.get("Metrics") or [] if metric.get("MetricStat")]
    if not metrics:
        return alarm_of_one_metric(name, properties)
    first = metrics[0]
    one = {**first["Metric"], "Period": first["Period"], "Statistic": first["Stat"]}
    return alarm_of_one_metric(name, {**properties, **one, "Metrics": None})
