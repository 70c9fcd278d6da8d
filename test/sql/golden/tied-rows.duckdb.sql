WITH "told" AS (
  SELECT
    b."address" AS "address",
    b."amount" AS "amount",
    b."attributes" AS "attributes",
    b."customer_id" AS "customer_id",
    b."extras" AS "extras",
    b."gift" AS "gift",
    b."line" AS "line",
    b."order_date" AS "order_date",
    b."order_id" AS "order_id",
    b."page_views" AS "page_views",
    b."product_ids" AS "product_ids",
    b."quantity" AS "quantity",
    b."ship_date" AS "ship_date",
    b."signature" AS "signature",
    b."sizes" AS "sizes",
    b."weight" AS "weight",
    b."_event_name" AS "_event_name",
    b."_event_id" AS "_event_id",
    b."_sequence" AS "_sequence",
    b."_event_timestamp" AS "_event_timestamp",
    row_number() OVER (PARTITION BY b."order_id", b."line", b."_sequence" IS NULL ORDER BY b."_sequence" DESC, b."_event_timestamp" DESC, b."_epoch" DESC, b."_file") AS "_rank",
    row_number() OVER (PARTITION BY b."order_id", b."line", b."_sequence" IS NULL ORDER BY b."_event_timestamp" DESC, b."_sequence" DESC, b."_epoch" DESC, b."_file") AS "_time_rank"
  FROM (
    SELECT CAST(NULL AS VARCHAR) AS "address", CAST(NULL AS DECIMAL(12, 2)) AS "amount", CAST(NULL AS VARCHAR) AS "attributes", CAST(NULL AS VARCHAR) AS "customer_id", CAST(NULL AS VARCHAR) AS "extras", CAST(NULL AS BOOLEAN) AS "gift", CAST(NULL AS VARCHAR) AS "line", CAST(NULL AS BIGINT) AS "order_date", CAST(NULL AS VARCHAR) AS "order_id", CAST(NULL AS BIGINT) AS "page_views", CAST(NULL AS VARCHAR) AS "product_ids", CAST(NULL AS BIGINT) AS "quantity", CAST(NULL AS DATE) AS "ship_date", CAST(NULL AS BLOB) AS "signature", CAST(NULL AS VARCHAR) AS "sizes", CAST(NULL AS DOUBLE) AS "weight", CAST(NULL AS VARCHAR) AS "_event_name", CAST(NULL AS BIGINT) AS "_event_timestamp", CAST(NULL AS VARCHAR) AS "_table_name", CAST(NULL AS VARCHAR) AS "_event_id", CAST(NULL AS VARCHAR) AS "_sequence", CAST(NULL AS BOOLEAN) AS "_ttl_delete", CAST(NULL AS VARCHAR) AS "_new_image", CAST(NULL AS VARCHAR) AS "_old_image", CAST(NULL AS VARCHAR) AS "_errors", CAST(NULL AS BIGINT) AS "_epoch", CAST(NULL AS VARCHAR) AS "_file" WHERE FALSE
    UNION ALL BY NAME
    SELECT * RENAME (filename AS "_file") FROM read_parquet(['lake/orders/000000000002.0001.parquet'], filename = true, union_by_name = true, hive_partitioning = false)
  ) AS b
)
SELECT x."_event_id" AS "event_id", CAST(x."_event_timestamp" AS VARCHAR) AS "exported_at", CAST(s."_event_timestamp" AS VARCHAR) AS "streamed_at"
FROM "told" AS x
JOIN "told" AS s ON (s."order_id" = x."order_id") AND (s."line" = x."line")
WHERE (x."_sequence" IS NULL) AND (s."_sequence" IS NOT NULL) AND (x."_rank" = CAST('1' AS BIGINT)) AND (s."_rank" = CAST('1' AS BIGINT)) AND (x."_event_id" LIKE '01695353076000-06e2188f/%') AND ((x."_event_timestamp" + CAST('5000000' AS BIGINT)) >= s."_event_timestamp") AND (x."_event_timestamp" < (s."_event_timestamp" + CAST('6000000' AS BIGINT))) AND ((s."_time_rank" > CAST('1' AS BIGINT)) OR (((x."_event_name" = 'REMOVE') IS DISTINCT FROM (s."_event_name" = 'REMOVE')) OR (x."address" IS DISTINCT FROM s."address") OR (x."amount" IS DISTINCT FROM s."amount") OR (x."attributes" IS DISTINCT FROM s."attributes") OR (x."customer_id" IS DISTINCT FROM s."customer_id") OR (x."extras" IS DISTINCT FROM s."extras") OR (x."gift" IS DISTINCT FROM s."gift") OR (x."order_date" IS DISTINCT FROM s."order_date") OR (x."page_views" IS DISTINCT FROM s."page_views") OR (x."product_ids" IS DISTINCT FROM s."product_ids") OR (x."quantity" IS DISTINCT FROM s."quantity") OR (x."ship_date" IS DISTINCT FROM s."ship_date") OR (x."signature" IS DISTINCT FROM s."signature") OR (x."sizes" IS DISTINCT FROM s."sizes") OR (x."weight" IS DISTINCT FROM s."weight")))
LIMIT 20000
