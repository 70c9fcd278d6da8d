"""
An independent reader: the Iceberg tables as pyiceberg sees them, against the DynamoDB tables as they are. It knows the rules of the
shop's pipeline and nothing of the library. Prints {"comparisons": {table: values}, "differences": […], "rows": {…}, "events": {…}}.
"""
import json
import os
import sys
from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal

import boto3
import pyarrow.parquet
from boto3.dynamodb.types import TypeDeserializer
from botocore.config import Config
from pyiceberg.catalog import load_catalog

deployment = json.loads(sys.argv[1])
ENDPOINT, REGION = os.environ.get("AWS_ENDPOINT_URL"), os.environ["AWS_REGION"]
S3 = boto3.client("s3", config=Config(s3={"addressing_style": "path"}))
CENT = Decimal("0.01")
PATIENCE = 1 if ENDPOINT else 10

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


def money(value):
    """None where it is no number with two decimals: such a value does not convert."""
    exact = isinstance(value, Decimal) and value == value.quantize(CENT)
    return value.quantize(CENT) if exact else None


def whole(value):
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else None


def text(value):
    return value if isinstance(value, str) else None


def moment(value):
    return datetime.strptime(value, "%Y-%m-%d %H:%M:%S") if isinstance(value, str) else None


def expected_customers():
    return [{"customer_id": item["CustomerID"], "name": text(item.get("Name")), "email": text(item.get("Email")),
             "region": text(item.get("Region")), "join_date": item.get("JoinDate") and date.fromisoformat(item["JoinDate"])}
            for item in items("customers")]


def expected_products():
    return [{"product_id": item["ProductID"], "product_name": text(item.get("ProductName")), "category": text(item.get("Category")),
             "price": money(item.get("Price")), "stock_level": whole(item.get("StockLevel"))} for item in items("products")]


def expected_orders(customers):
    by_id = {customer["customer_id"]: customer for customer in customers}
    rows = []
    for item in items("orders_enriched"):
        total = money(item.get("TotalAmount"))
        if total is not None and total < 0:
            continue  # quarantined
        customer = by_id.get(item.get("CustomerID"), {})
        rows.append({
            "order_id": item["OrderID"], "customer_id": text(item.get("CustomerID")), "order_date": moment(item.get("OrderDate")),
            "status": text(item.get("Status")), "total_amount": total, "item_count": whole(item.get("ItemCount")),
            "product_ids": item.get("ProductIDs"), "shipping_address": text(item.get("ShippingAddress")),
            "customer_name": customer.get("name"), "customer_region": customer.get("region")})
    return rows


def expected_sales(orders):
    groups = defaultdict(list)
    for order in orders:
        if order["customer_region"] is not None:
            groups[(order["order_date"] and order["order_date"].date(), order["customer_region"])].append(order)
    rows = []
    for (day, region), members in groups.items():
        totals = [order["total_amount"] for order in members if order["total_amount"] is not None]
        rows.append({
            "order_date": day, "region": region, "order_count": len(members), "total_revenue": sum(totals) if totals else None,
            "avg_order_value": float(sum(totals)) / len(totals) if totals else None,
            "unique_customers": len({order["customer_id"] for order in members} - {None})})
    return rows


def expected_performance(products):
    def status(stock):
        if stock is not None and stock < 10:
            return "Critical"
        return "Low" if stock is not None and stock < 50 else "Good"
    return [{"product_id": product["product_id"], "product_name": product["product_name"], "category": product["category"],
             "price": product["price"], "current_stock": product["stock_level"], "stock_status": status(product["stock_level"])}
            for product in products]


def expected_metrics(orders, computed_at):
    today = datetime.combine(computed_at.date(), datetime.min.time())

    def within(days):
        return [order for order in orders if order["order_date"] and today - timedelta(days) <= order["order_date"] < today + timedelta(1)]

    def revenue(days):
        return sum((order["total_amount"] for order in within(days) if order["total_amount"] is not None), Decimal(0)).quantize(CENT)

    values = {"orders_today": Decimal(len(within(0))).quantize(CENT), "revenue_today": revenue(0),
              "revenue_7d": revenue(7), "revenue_30d": revenue(30), "revenue_90d": revenue(90)}
    return [{"metric_name": name, "metric_value": value} for name, value in values.items()]


report = {"comparisons": {}, "differences": [], "rows": {}}


def compare(layer, name, key, expected):
    actual = table(layer, name)
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


def recorded_events(bronze_name):
    """Event ids that the lake keeps: in the change log, among the rejected, and in batches that were given up."""
    found = set()
    for key in keys(f"bronze/{bronze_name}/"):
        found.update(pyarrow.parquet.read_table(pyarrow.BufferReader(body(key)), columns=["_event_id"]).column(0).to_pylist())
    return found


def given_up():
    found = set()
    for key in keys("aws/lambda/"):
        found.update(record.get("eventID") for record in json.loads(json.loads(body(key))["payload"])["Records"])
    for key in keys("rejected/"):
        found.update(body(key).decode().split('"eventID":"')[index].split('"')[0] for index in range(1, body(key).decode().count('"eventID":"') + 1))
    return found


def stream_events(name):
    streams = boto3.client("dynamodbstreams")
    arn = boto3.client("dynamodb").describe_table(TableName=deployment["sources"][name])["Table"]["LatestStreamArn"]
    found = set()
    for shard in streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]:
        iterator = streams.get_shard_iterator(StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
        patience = PATIENCE  # an answer without records is not yet the end of a shard
        while iterator and patience > 0:
            answer = streams.get_records(ShardIterator=iterator, Limit=1000)
            found.update(record["eventID"].replace("-", "") for record in answer["Records"])
            patience = PATIENCE if answer["Records"] else patience - 1
            iterator = answer.get("NextShardIterator")
    return found


if "events" in sys.argv[2]:
    kept_aside = given_up()
    report["events"] = {}
    for silver_table, bronze_name in deployment["bronze"].items():
        sent, kept = stream_events(silver_table), recorded_events(bronze_name)
        report["events"][silver_table] = {"sent": len(sent), "inBronze": len(sent & kept), "lost": sorted(sent - kept - kept_aside)}

if "tables" in sys.argv[2]:
    customers, products = expected_customers(), expected_products()
    orders = expected_orders(customers)
    compare("silver", "customers", ["customer_id"], customers)
    compare("silver", "products", ["product_id"], products)
    compare("silver", "orders_enriched", ["order_id"], orders)
    compare("gold", "daily_sales_by_region", ["order_date", "region"], expected_sales(orders))
    compare("gold", "product_performance", ["product_id"], expected_performance(products))
    computed_at = max((row["computed_at"] for row in table("gold", "key_metrics")), default=datetime.min)
    compare("gold", "key_metrics", ["metric_name"], expected_metrics(orders, computed_at))

print(json.dumps(report))
