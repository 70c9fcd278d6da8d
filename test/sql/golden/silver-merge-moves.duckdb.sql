MERGE INTO "silver"."orders_enriched" AS t
USING (
  WITH "ranked" AS (
    SELECT
      CAST(CAST(b."address" AS JSON) AS STRUCT("city" VARCHAR, "since" DATE)) AS "address",
      b."amount" AS "amount",
      CAST(CAST(b."attributes" AS JSON) AS MAP(VARCHAR, BIGINT)) AS "attributes",
      b."customer_id" AS "customer_id",
      b."extras" AS "extras",
      b."gift" AS "gift",
      b."line" AS "line",
      make_timestamp(b."order_date") AS "order_date",
      b."order_id" AS "order_id",
      b."page_views" AS "page_views",
      CAST(CAST(b."product_ids" AS JSON) AS VARCHAR[]) AS "product_ids",
      CAST(b."quantity" AS INTEGER) AS "quantity",
      b."ship_date" AS "ship_date",
      b."signature" AS "signature",
      CAST(CAST(b."sizes" AS JSON) AS DECIMAL(6, 1)[]) AS "sizes",
      b."weight" AS "weight",
      b."_event_name" AS "_event_name",
      make_timestamp(b."_event_timestamp") AS "_event_timestamp",
      b."_sequence" AS "_sequence",
      CAST(b."_epoch" AS INTEGER) AS "_epoch",
      b."_errors" AS "_errors",
      b."_event_id" AS "_event_id",
      b."_file" AS "_file",
      row_number() OVER (PARTITION BY b."order_id", b."line", b."_sequence" IS NULL ORDER BY b."_sequence" DESC, b."_event_timestamp" DESC, b."_epoch" DESC, b."_file") AS "_rank"
    FROM (
      SELECT CAST(NULL AS VARCHAR) AS "address", CAST(NULL AS DECIMAL(12, 2)) AS "amount", CAST(NULL AS VARCHAR) AS "attributes", CAST(NULL AS VARCHAR) AS "customer_id", CAST(NULL AS VARCHAR) AS "extras", CAST(NULL AS BOOLEAN) AS "gift", CAST(NULL AS VARCHAR) AS "line", CAST(NULL AS BIGINT) AS "order_date", CAST(NULL AS VARCHAR) AS "order_id", CAST(NULL AS BIGINT) AS "page_views", CAST(NULL AS VARCHAR) AS "product_ids", CAST(NULL AS BIGINT) AS "quantity", CAST(NULL AS DATE) AS "ship_date", CAST(NULL AS BLOB) AS "signature", CAST(NULL AS VARCHAR) AS "sizes", CAST(NULL AS DOUBLE) AS "weight", CAST(NULL AS VARCHAR) AS "_event_name", CAST(NULL AS BIGINT) AS "_event_timestamp", CAST(NULL AS VARCHAR) AS "_table_name", CAST(NULL AS VARCHAR) AS "_event_id", CAST(NULL AS VARCHAR) AS "_sequence", CAST(NULL AS BOOLEAN) AS "_ttl_delete", CAST(NULL AS VARCHAR) AS "_new_image", CAST(NULL AS VARCHAR) AS "_old_image", CAST(NULL AS VARCHAR) AS "_errors", CAST(NULL AS BIGINT) AS "_epoch", CAST(NULL AS VARCHAR) AS "_file" WHERE FALSE
      UNION ALL BY NAME
      SELECT * RENAME (filename AS "_file") FROM read_parquet(['lake/orders/000000000002.0001.parquet'], filename = true, union_by_name = true, hive_partitioning = false)
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
      row_number() OVER (PARTITION BY k."order_id", k."line" ORDER BY CAST(date_trunc('second', k."_event_timestamp") AS TIMESTAMP) DESC, k."_sequence" IS NULL) AS "_place"
    FROM "ranked" AS k
    WHERE k."_rank" = CAST('1' AS BIGINT)
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
      CASE WHEN r."_event_name" = 'REMOVE' THEN 'deleted' WHEN NOT coalesce(TRY((r."amount" >= 0)), true) THEN 'quarantine:amount_not_negative' WHEN NOT coalesce(TRY((r."quantity" > 0)), true) THEN 'drop:quantity_positive' ELSE CAST(NULL AS VARCHAR) END AS "_absence"
    FROM "rivals" AS r
    WHERE r."_place" = CAST('1' AS BIGINT)
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
    LEFT JOIN "bookkeeping"."absent_orders_enriched" AS a ON (a."order_id" = l."order_id") AND (a."line" = l."line")
    LEFT JOIN "silver"."customers" AS d0 ON d0."customer_id" = l."customer_id"
    WHERE (l."_absence" IS NOT NULL) OR (a."order_id" IS NULL) OR (NOT CASE WHEN (a."_sequence" IS NOT NULL) AND (l."_sequence" IS NOT NULL) THEN (a."_sequence" > l."_sequence") OR ((a."_sequence" = l."_sequence") AND (a."_epoch" > l."_epoch")) WHEN a."_sequence" IS NOT NULL THEN CAST(date_trunc('second', a."_event_timestamp") AS TIMESTAMP) >= CAST(date_trunc('second', l."_event_timestamp") AS TIMESTAMP) WHEN l."_sequence" IS NOT NULL THEN CAST(date_trunc('second', a."_event_timestamp") AS TIMESTAMP) > CAST(date_trunc('second', l."_event_timestamp") AS TIMESTAMP) ELSE (a."_event_timestamp" > l."_event_timestamp") OR ((a."_event_timestamp" = l."_event_timestamp") AND (a."_epoch" > l."_epoch")) END)
  )
  SELECT
    e."address" AS "address",
    e."amount" AS "amount",
    e."attributes" AS "attributes",
    e."customer_id" AS "customer_id",
    e."extras" AS "extras",
    e."gift" AS "gift",
    e."line" AS "line",
    e."order_date" AS "order_date",
    e."order_id" AS "order_id",
    e."page_views" AS "page_views",
    e."product_ids" AS "product_ids",
    e."quantity" AS "quantity",
    e."ship_date" AS "ship_date",
    e."signature" AS "signature",
    e."sizes" AS "sizes",
    e."weight" AS "weight",
    e."customer_country" AS "customer_country",
    e."customer_name" AS "customer_name",
    e."_event_timestamp" AS "_event_timestamp",
    e."_sequence" AS "_sequence",
    e."_epoch" AS "_epoch",
    e."_errors" AS "_errors",
    e."_absence" AS "_absence"
  FROM "enriched" AS e
  LEFT JOIN "silver"."orders_enriched" AS c ON (c."order_id" = e."order_id") AND (c."line" = e."line")
  WHERE (((c."order_id" IS NOT NULL) AND ((c."order_date" >= CAST('2026-03-01 00:00:00.000000' AS TIMESTAMP)) AND (c."order_date" < CAST('2026-04-01 00:00:00.000000' AS TIMESTAMP)))) AND ((e."_absence" IS NULL) AND ((e."order_date" >= CAST('2026-04-01 00:00:00.000000' AS TIMESTAMP)) AND (e."order_date" < CAST('2026-05-01 00:00:00.000000' AS TIMESTAMP))))) OR ((c."order_id" IS NULL) AND ((e."_absence" IS NULL) AND (e."order_date" IS NULL))) OR (((c."order_id" IS NOT NULL) AND ((c."order_date" >= CAST('2026-03-01 00:00:00.000000' AS TIMESTAMP)) AND (c."order_date" < CAST('2026-04-01 00:00:00.000000' AS TIMESTAMP)))) AND (e."_absence" IS NOT NULL))
) AS s
ON (t."order_id" = s."order_id") AND (t."line" = s."line")
WHEN MATCHED AND CASE WHEN (s."_sequence" IS NOT NULL) AND (t."_sequence" IS NOT NULL) THEN (s."_sequence" > t."_sequence") OR ((s."_sequence" = t."_sequence") AND (s."_epoch" > t."_epoch")) WHEN s."_sequence" IS NOT NULL THEN CAST(date_trunc('second', s."_event_timestamp") AS TIMESTAMP) >= CAST(date_trunc('second', t."_event_timestamp") AS TIMESTAMP) WHEN t."_sequence" IS NOT NULL THEN CAST(date_trunc('second', s."_event_timestamp") AS TIMESTAMP) > CAST(date_trunc('second', t."_event_timestamp") AS TIMESTAMP) ELSE (s."_event_timestamp" > t."_event_timestamp") OR ((s."_event_timestamp" = t."_event_timestamp") AND (s."_epoch" > t."_epoch")) END AND (s."_absence" IS NOT NULL) THEN DELETE
WHEN MATCHED AND CASE WHEN (s."_sequence" IS NOT NULL) AND (t."_sequence" IS NOT NULL) THEN (s."_sequence" > t."_sequence") OR ((s."_sequence" = t."_sequence") AND (s."_epoch" > t."_epoch")) WHEN s."_sequence" IS NOT NULL THEN CAST(date_trunc('second', s."_event_timestamp") AS TIMESTAMP) >= CAST(date_trunc('second', t."_event_timestamp") AS TIMESTAMP) WHEN t."_sequence" IS NOT NULL THEN CAST(date_trunc('second', s."_event_timestamp") AS TIMESTAMP) > CAST(date_trunc('second', t."_event_timestamp") AS TIMESTAMP) ELSE (s."_event_timestamp" > t."_event_timestamp") OR ((s."_event_timestamp" = t."_event_timestamp") AND (s."_epoch" > t."_epoch")) END THEN UPDATE SET "address" = CAST(s."address" AS STRUCT("city" VARCHAR, "since" DATE)), "amount" = s."amount", "attributes" = CAST(s."attributes" AS MAP(VARCHAR, BIGINT)), "customer_id" = s."customer_id", "extras" = s."extras", "gift" = s."gift", "order_date" = s."order_date", "page_views" = s."page_views", "product_ids" = CAST(s."product_ids" AS VARCHAR[]), "quantity" = s."quantity", "ship_date" = s."ship_date", "signature" = s."signature", "sizes" = CAST(s."sizes" AS DECIMAL(6, 1)[]), "weight" = s."weight", "customer_country" = s."customer_country", "customer_name" = s."customer_name", "_event_timestamp" = s."_event_timestamp", "_sequence" = s."_sequence", "_epoch" = s."_epoch", "_errors" = s."_errors", "processed_at" = CAST('2026-03-28 20:00:00.000000' AS TIMESTAMP)
WHEN NOT MATCHED AND s."_absence" IS NULL THEN INSERT ("order_id", "line", "address", "amount", "attributes", "customer_id", "extras", "gift", "order_date", "page_views", "product_ids", "quantity", "ship_date", "signature", "sizes", "weight", "customer_country", "customer_name", "_event_timestamp", "_sequence", "_epoch", "_errors", "processed_at") VALUES (s."order_id", s."line", CAST(s."address" AS STRUCT("city" VARCHAR, "since" DATE)), s."amount", CAST(s."attributes" AS MAP(VARCHAR, BIGINT)), s."customer_id", s."extras", s."gift", s."order_date", s."page_views", CAST(s."product_ids" AS VARCHAR[]), s."quantity", s."ship_date", s."signature", CAST(s."sizes" AS DECIMAL(6, 1)[]), s."weight", s."customer_country", s."customer_name", s."_event_timestamp", s."_sequence", s."_epoch", s."_errors", CAST('2026-03-28 20:00:00.000000' AS TIMESTAMP))
