INSERT INTO "shop_bookkeeping"."ledger_orders_enriched" ("_run", "order_id", "line", "customer_country", "gift", "order_date")
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
), "enriched" AS (
  SELECT
    l."address" AS "address",
    l."amount" AS "amount",
    l."attributes" AS "attributes",
    l."customer_id" AS "customer_id",
    l."extras" AS "extras",
    l."gift" AS "gift",
    l."line" AS "line",
    l."order_date" AS "order_date",
    l."order_id" AS "order_id",
    l."page_views" AS "page_views",
    l."product_ids" AS "product_ids",
    l."quantity" AS "quantity",
    l."ship_date" AS "ship_date",
    l."signature" AS "signature",
    l."sizes" AS "sizes",
    l."weight" AS "weight",
    l."_event_name" AS "_event_name",
    l."_event_timestamp" AS "_event_timestamp",
    l."_sequence" AS "_sequence",
    l."_epoch" AS "_epoch",
    l."_errors" AS "_errors",
    l."_event_id" AS "_event_id",
    l."_file" AS "_file",
    l."_absence" AS "_absence",
    d0."country" AS "customer_country",
    d0."name" AS "customer_name"
  FROM "latest" AS l
  LEFT JOIN "shop_bookkeeping"."absent_orders_enriched" AS a ON (a."order_id" = l."order_id") AND (a."line" = l."line")
  LEFT JOIN "shop_silver"."customers" AS d0 ON d0."customer_id" = l."customer_id"
  WHERE (l."_absence" IS NOT NULL) OR (a."order_id" IS NULL) OR (NOT CASE WHEN (a."_sequence" IS NOT NULL) AND (l."_sequence" IS NOT NULL) THEN (a."_sequence" > l."_sequence") OR ((a."_sequence" = l."_sequence") AND (a."_epoch" > l."_epoch")) WHEN a."_sequence" IS NOT NULL THEN date_trunc('second', a."_event_timestamp") >= date_trunc('second', l."_event_timestamp") WHEN l."_sequence" IS NOT NULL THEN date_trunc('second', a."_event_timestamp") > date_trunc('second', l."_event_timestamp") ELSE (a."_event_timestamp" > l."_event_timestamp") OR ((a."_event_timestamp" = l."_event_timestamp") AND (a."_epoch" > l."_epoch")) END)
), "affected0" AS (
  SELECT DISTINCT k."customer_id" AS "customer_id", 'yes' AS "_affected"
  FROM (
    SELECT b."customer_id" AS "customer_id", 'yes' AS "_affected"
    FROM (
      SELECT *, "$path" AS "_file"
      FROM "shop_bronze"."customers_runs"
      WHERE "run" = '000000000002.0001'
    ) AS b
    UNION ALL
    SELECT f."customer_id" AS "customer_id", 'yes' AS "_affected"
    FROM "shop_silver"."customers" AS f
    JOIN (
      SELECT DISTINCT k."country_id" AS "country_id", 'yes' AS "_affected"
      FROM (
        SELECT b."country_id" AS "country_id", 'yes' AS "_affected"
        FROM (
          SELECT *, "$path" AS "_file"
          FROM "shop_bronze"."countries_runs"
          WHERE "run" = '000000000002.0001'
        ) AS b
      ) AS k
    ) AS above ON above."country_id" = f."country_id"
  ) AS k
)
SELECT
  '000000000002.0001' AS "_run",
  t."order_id" AS "order_id",
  t."line" AS "line",
  t."customer_country" AS "customer_country",
  t."gift" AS "gift",
  t."order_date" AS "order_date"
FROM "shop_silver"."orders_enriched" AS t
JOIN "latest" AS l ON (t."order_id" = l."order_id") AND (t."line" = l."line")
UNION
SELECT
  '000000000002.0001' AS "_run",
  e."order_id" AS "order_id",
  e."line" AS "line",
  e."customer_country" AS "customer_country",
  e."gift" AS "gift",
  e."order_date" AS "order_date"
FROM "enriched" AS e
WHERE e."_absence" IS NULL
UNION
SELECT
  '000000000002.0001' AS "_run",
  f."order_id" AS "order_id",
  f."line" AS "line",
  f."customer_country" AS "customer_country",
  f."gift" AS "gift",
  f."order_date" AS "order_date"
FROM "shop_silver"."orders_enriched" AS f
LEFT JOIN "affected0" AS affected0 ON affected0."customer_id" = f."customer_id"
LEFT JOIN "shop_silver"."customers" AS d0 ON d0."customer_id" = f."customer_id"
WHERE affected0."_affected" IS NOT NULL
UNION
SELECT
  '000000000002.0001' AS "_run",
  f."order_id" AS "order_id",
  f."line" AS "line",
  d0."country" AS "customer_country",
  f."gift" AS "gift",
  f."order_date" AS "order_date"
FROM "shop_silver"."orders_enriched" AS f
LEFT JOIN "affected0" AS affected0 ON affected0."customer_id" = f."customer_id"
LEFT JOIN "shop_silver"."customers" AS d0 ON d0."customer_id" = f."customer_id"
WHERE affected0."_affected" IS NOT NULL
