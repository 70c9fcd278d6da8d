WITH "present" AS (
  SELECT
    t."order_id" AS "order_id",
    t."line" AS "line",
    t."_sequence" AS "_sequence",
    t."_event_timestamp" AS "_event_timestamp",
    t."_epoch" AS "_epoch"
  FROM "silver"."orders_enriched" AS t
  UNION ALL
  SELECT
    a."order_id" AS "order_id",
    a."line" AS "line",
    a."_sequence" AS "_sequence",
    a."_event_timestamp" AS "_event_timestamp",
    a."_epoch" AS "_epoch"
  FROM "bookkeeping"."absent_orders_enriched" AS a
  WHERE NOT (a."_reason" = 'deleted')
), "loaded" AS (
  SELECT DISTINCT b."order_id" AS "order_id", b."line" AS "line"
  FROM (
    SELECT CAST(NULL AS VARCHAR) AS "address", CAST(NULL AS DECIMAL(12, 2)) AS "amount", CAST(NULL AS VARCHAR) AS "attributes", CAST(NULL AS VARCHAR) AS "customer_id", CAST(NULL AS VARCHAR) AS "extras", CAST(NULL AS BOOLEAN) AS "gift", CAST(NULL AS VARCHAR) AS "line", CAST(NULL AS BIGINT) AS "order_date", CAST(NULL AS VARCHAR) AS "order_id", CAST(NULL AS BIGINT) AS "page_views", CAST(NULL AS VARCHAR) AS "product_ids", CAST(NULL AS BIGINT) AS "quantity", CAST(NULL AS DATE) AS "ship_date", CAST(NULL AS BLOB) AS "signature", CAST(NULL AS VARCHAR) AS "sizes", CAST(NULL AS DOUBLE) AS "weight", CAST(NULL AS VARCHAR) AS "_event_name", CAST(NULL AS BIGINT) AS "_event_timestamp", CAST(NULL AS VARCHAR) AS "_table_name", CAST(NULL AS VARCHAR) AS "_event_id", CAST(NULL AS VARCHAR) AS "_sequence", CAST(NULL AS BOOLEAN) AS "_ttl_delete", CAST(NULL AS VARCHAR) AS "_new_image", CAST(NULL AS VARCHAR) AS "_old_image", CAST(NULL AS VARCHAR) AS "_errors", CAST(NULL AS BIGINT) AS "_epoch", CAST(NULL AS VARCHAR) AS "_file" WHERE FALSE
    UNION ALL BY NAME
    SELECT * RENAME (filename AS "_file") FROM read_parquet(['lake/orders/000000000002.0001.parquet'], filename = true, union_by_name = true, hive_partitioning = false)
  ) AS b
), "removal" AS (
  SELECT CAST(NULL AS VARCHAR) AS "_sequence", make_timestamp(CAST('1774727940000000' AS BIGINT)) AS "_event_timestamp", CAST(NULL AS INTEGER) AS "_epoch"
)
SELECT DISTINCT p."order_id" AS "order_id", p."line" AS "line"
FROM "present" AS p
LEFT JOIN "loaded" AS l ON (l."order_id" = p."order_id") AND (l."line" = p."line")
JOIN "removal" AS x ON CASE WHEN (x."_sequence" IS NOT NULL) AND (p."_sequence" IS NOT NULL) THEN (x."_sequence" > p."_sequence") OR ((x."_sequence" = p."_sequence") AND (x."_epoch" > p."_epoch")) WHEN x."_sequence" IS NOT NULL THEN CAST(date_trunc('second', x."_event_timestamp") AS TIMESTAMP) >= CAST(date_trunc('second', p."_event_timestamp") AS TIMESTAMP) WHEN p."_sequence" IS NOT NULL THEN CAST(date_trunc('second', x."_event_timestamp") AS TIMESTAMP) > CAST(date_trunc('second', p."_event_timestamp") AS TIMESTAMP) ELSE (x."_event_timestamp" > p."_event_timestamp") OR ((x."_event_timestamp" = p."_event_timestamp") AND (x."_epoch" > p."_epoch")) END
WHERE l."order_id" IS NULL
LIMIT 50000
