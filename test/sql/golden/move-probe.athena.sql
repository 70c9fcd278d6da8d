WITH "ranked" AS (
  SELECT
    CAST(CAST(json_parse(b."address") AS row("city" varchar, "since" varchar)) AS row("city" varchar, "since" date)) AS "address",
    b."amount" AS "amount",
    CAST(json_parse(b."attributes") AS map(varchar, bigint)) AS "attributes",
    b."customer_id" AS "customer_id",
    b."extras" AS "extras",
    b."gift" AS "gift",
    b."line" AS "line",
    CAST(from_unixtime_nanos(CAST(b."order_date" AS decimal(38, 0)) * DECIMAL '1000') AT TIME ZONE 'UTC' AS timestamp(6)) AS "order_date",
    b."order_id" AS "order_id",
    b."page_views" AS "page_views",
    CAST(json_parse(b."product_ids") AS array(varchar)) AS "product_ids",
    CAST(b."quantity" AS integer) AS "quantity",
    b."ship_date" AS "ship_date",
    b."signature" AS "signature",
    CAST(json_parse(b."sizes") AS array(decimal(6, 1))) AS "sizes",
    b."weight" AS "weight",
    b."_event_name" AS "_event_name",
    CAST(from_unixtime_nanos(CAST(b."_event_timestamp" AS decimal(38, 0)) * DECIMAL '1000') AT TIME ZONE 'UTC' AS timestamp(6)) AS "_event_timestamp",
    b."_sequence" AS "_sequence",
    CAST(b."_epoch" AS integer) AS "_epoch",
    b."_errors" AS "_errors",
    b."_event_id" AS "_event_id",
    b."_file" AS "_file",
    row_number() OVER (PARTITION BY b."order_id", b."line", b."_sequence" IS NULL ORDER BY b."_sequence" DESC, b."_event_timestamp" DESC, b."_epoch" DESC, b."_file") AS "_rank"
  FROM (
    SELECT *, "$path" AS "_file"
    FROM "shop_bronze"."orders_runs"
    WHERE "run" = '000000000002.0001'
  ) AS b
), "rivals" AS (
  SELECT
    k."address" AS "address",
    k."amount" AS "amount",
    k."attributes" AS "attributes",
    k."customer_id" AS "customer_id",
    k."extras" AS "extras",
    k."gift" AS "gift",
    k."line" AS "line",
    k."order_date" AS "order_date",
    k."order_id" AS "order_id",
    k."page_views" AS "page_views",
    k."product_ids" AS "product_ids",
    k."quantity" AS "quantity",
    k."ship_date" AS "ship_date",
    k."signature" AS "signature",
    k."sizes" AS "sizes",
    k."weight" AS "weight",
    k."_event_name" AS "_event_name",
    k."_event_timestamp" AS "_event_timestamp",
    k."_sequence" AS "_sequence",
    k."_epoch" AS "_epoch",
    k."_errors" AS "_errors",
    k."_event_id" AS "_event_id",
    k."_file" AS "_file",
    row_number() OVER (PARTITION BY k."order_id", k."line" ORDER BY date_trunc('second', k."_event_timestamp") DESC, k."_sequence" IS NULL) AS "_place"
  FROM "ranked" AS k
  WHERE k."_rank" = BIGINT '1'
), "latest" AS (
  SELECT
    r."address" AS "address",
    r."amount" AS "amount",
    r."attributes" AS "attributes",
    r."customer_id" AS "customer_id",
    r."extras" AS "extras",
    r."gift" AS "gift",
    r."line" AS "line",
    r."order_date" AS "order_date",
    r."order_id" AS "order_id",
    r."page_views" AS "page_views",
    r."product_ids" AS "product_ids",
    r."quantity" AS "quantity",
    r."ship_date" AS "ship_date",
    r."signature" AS "signature",
    r."sizes" AS "sizes",
    r."weight" AS "weight",
    r."_event_name" AS "_event_name",
    r."_event_timestamp" AS "_event_timestamp",
    r."_sequence" AS "_sequence",
    r."_epoch" AS "_epoch",
    r."_errors" AS "_errors",
    r."_event_id" AS "_event_id",
    r."_file" AS "_file",
    CASE WHEN r."_event_name" = 'REMOVE' THEN 'deleted' WHEN NOT coalesce(try(r."amount" >= 0), true) THEN 'quarantine:amount_not_negative' WHEN NOT coalesce(try(r."quantity" > 0), true) THEN 'drop:quantity_positive' ELSE CAST(NULL AS varchar) END AS "_absence"
  FROM "rivals" AS r
  WHERE r."_place" = BIGINT '1'
)
SELECT DISTINCT
  CAST(c."order_id" IS NOT NULL AS varchar) AS "present",
  CAST(l."_absence" IS NOT NULL AS varchar) AS "removed",
  CAST(CASE WHEN (l."_sequence" IS NOT NULL) AND (c."_sequence" IS NOT NULL) THEN (l."_sequence" > c."_sequence") OR ((l."_sequence" = c."_sequence") AND (l."_epoch" > c."_epoch")) WHEN l."_sequence" IS NOT NULL THEN date_trunc('second', l."_event_timestamp") >= date_trunc('second', c."_event_timestamp") WHEN c."_sequence" IS NOT NULL THEN date_trunc('second', l."_event_timestamp") > date_trunc('second', c."_event_timestamp") ELSE (l."_event_timestamp" > c."_event_timestamp") OR ((l."_event_timestamp" = c."_event_timestamp") AND (l."_epoch" > c."_epoch")) END OR ((c."order_id" IS NULL) AND (l."_absence" IS NULL)) AS varchar) AS "changes",
  CAST(date_trunc('month', CAST(c."order_date" AS timestamp(6))) AS varchar) AS "from0",
  CAST(date_trunc('month', CAST(l."order_date" AS timestamp(6))) AS varchar) AS "to0"
FROM "latest" AS l
LEFT JOIN "shop_silver"."orders_enriched" AS c ON (c."order_id" = l."order_id") AND (c."line" = l."line")
