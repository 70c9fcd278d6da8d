WITH "present" AS (
  SELECT
    t."order_id" AS "order_id",
    t."line" AS "line",
    t."_sequence" AS "_sequence",
    t."_event_timestamp" AS "_event_timestamp",
    t."_epoch" AS "_epoch"
  FROM "shop_silver"."orders_enriched" AS t
  UNION ALL
  SELECT
    a."order_id" AS "order_id",
    a."line" AS "line",
    a."_sequence" AS "_sequence",
    a."_event_timestamp" AS "_event_timestamp",
    a."_epoch" AS "_epoch"
  FROM "shop_bookkeeping"."absent_orders_enriched" AS a
  WHERE NOT (a."_reason" = 'deleted')
), "loaded" AS (
  SELECT DISTINCT b."order_id" AS "order_id", b."line" AS "line"
  FROM (
    SELECT *, "$path" AS "_file"
    FROM "shop_bronze"."orders_runs"
    WHERE "run" = '000000000002.0001'
  ) AS b
), "removal" AS (
  SELECT CAST(NULL AS varchar) AS "_sequence", CAST(from_unixtime_nanos(CAST(BIGINT '1774727940000000' AS decimal(38, 0)) * DECIMAL '1000') AT TIME ZONE 'UTC' AS timestamp(6)) AS "_event_timestamp", CAST(NULL AS integer) AS "_epoch"
)
SELECT DISTINCT p."order_id" AS "order_id", p."line" AS "line"
FROM "present" AS p
LEFT JOIN "loaded" AS l ON (l."order_id" = p."order_id") AND (l."line" = p."line")
JOIN "removal" AS x ON CASE WHEN (x."_sequence" IS NOT NULL) AND (p."_sequence" IS NOT NULL) THEN (x."_sequence" > p."_sequence") OR ((x."_sequence" = p."_sequence") AND (x."_epoch" > p."_epoch")) WHEN x."_sequence" IS NOT NULL THEN date_trunc('second', x."_event_timestamp") >= date_trunc('second', p."_event_timestamp") WHEN p."_sequence" IS NOT NULL THEN date_trunc('second', x."_event_timestamp") > date_trunc('second', p."_event_timestamp") ELSE (x."_event_timestamp" > p."_event_timestamp") OR ((x."_event_timestamp" = p."_event_timestamp") AND (x."_epoch" > p."_epoch")) END
WHERE l."order_id" IS NULL
LIMIT 50000
