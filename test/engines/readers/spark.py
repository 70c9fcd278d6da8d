"""
The tables of Silver and Gold as Spark reads them, with Iceberg's own library in Java, against what pyiceberg reads at the same
snapshots. Prints {"rows": {table: rows}, "differences": […]}.
"""
import os
from collections import Counter

import boto3
from pyspark.sql import SparkSession

from lake import ENDPOINT, REGION, catalog, deployment, finish, report

MOST_SHOWN = 20
emulated = {"glue.endpoint": ENDPOINT, "s3.endpoint": ENDPOINT, "s3.path-style-access": "true"} if ENDPOINT else {}


def session():
    of_catalog = {
        "catalog-impl": "org.apache.iceberg.aws.glue.GlueCatalog", "io-impl": "org.apache.iceberg.aws.s3.S3FileIO",
        "client.region": REGION, "warehouse": "s3://nothing-is-created/", "cache-enabled": "false", "http-client.type": "urlconnection",
        **emulated}
    settings = {
        "spark.driver.extraClassPath": f"{deployment['jars']}/*",
        "spark.driver.extraJavaOptions": " ".join(deployment["options"]),
        "spark.driver.memory": "1g",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.catalog.lake": "org.apache.iceberg.spark.SparkCatalog",
        **{f"spark.sql.catalog.lake.{name}": value for name, value in of_catalog.items()}}
    builder = SparkSession.builder.master("local[1]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def give_credentials():
    """Wherever Python finds them: Java looks in fewer places."""
    found = boto3.Session().get_credentials().get_frozen_credentials()
    names = {"AWS_ACCESS_KEY_ID": found.access_key, "AWS_SECRET_ACCESS_KEY": found.secret_key, "AWS_SESSION_TOKEN": found.token}
    os.environ.update({name: value for name, value in names.items() if value})


def counted(rows):
    """A list of rows, in no order, as types and values."""
    return Counter(repr(sorted(row.items())) for row in rows)


give_credentials()
spark = session()
for layer in ("silver", "gold"):
    for database, name in sorted(catalog.list_tables(deployment["databases"][layer])):
        loaded = catalog.load_table((database, name))
        snapshot = loaded.current_snapshot()
        if snapshot is None:
            report["rows"][f"{layer}.{name}"] = 0
            continue
        ours = counted(loaded.scan(snapshot_id=snapshot.snapshot_id).to_arrow().to_pylist())
        read = spark.read.option("snapshot-id", snapshot.snapshot_id).table(f"lake.{database}.{name}").collect()
        theirs = counted(row.asDict(recursive=True) for row in read)
        report["rows"][f"{layer}.{name}"] = len(read)
        for reader, more in (("pyiceberg", ours - theirs), ("Spark", theirs - ours)):
            report["differences"] += [f"{layer}.{name}: only {reader} reads {row}" for row in sorted(more)[:MOST_SHOWN]]

finish()
