WITH "streamed" AS (
  SELECT
    b."_event_name" AS "_event_name",
    b."_event_timestamp" AS "_event_timestamp",
    b."order_id" AS "order_id",
    b."line" AS "line",
    row_number() OVER (PARTITION BY b."order_id", b."line" ORDER BY b."_sequence" DESC, b."_epoch" DESC) AS "_rank"
  FROM (
    SELECT CAST(NULL AS VARCHAR) AS "address", CAST(NULL AS DECIMAL(12, 2)) AS "amount", CAST(NULL AS VARCHAR) AS "attributes", CAST(NULL AS VARCHAR) AS "customer_id", CAST(NULL AS VARCHAR) AS "extras", CAST(NULL AS BOOLEAN) AS "gift", CAST(NULL AS VARCHAR) AS "line", CAST(NULL AS BIGINT) AS "order_date", CAST(NULL AS VARCHAR) AS "order_id", CAST(NULL AS BIGINT) AS "page_views", CAST(NULL AS VARCHAR) AS "product_ids", CAST(NULL AS BIGINT) AS "quantity", CAST(NULL AS DATE) AS "ship_date", CAST(NULL AS BLOB) AS "signature", CAST(NULL AS VARCHAR) AS "sizes", CAST(NULL AS DOUBLE) AS "weight", CAST(NULL AS VARCHAR) AS "_event_name", CAST(NULL AS BIGINT) AS "_event_timestamp", CAST(NULL AS VARCHAR) AS "_table_name", CAST(NULL AS VARCHAR) AS "_event_id", CAST(NULL AS VARCHAR) AS "_sequence", CAST(NULL AS BOOLEAN) AS "_ttl_delete", CAST(NULL AS VARCHAR) AS "_new_image", CAST(NULL AS VARCHAR) AS "_old_image", CAST(NULL AS VARCHAR) AS "_errors", CAST(NULL AS BIGINT) AS "_epoch", CAST(NULL AS VARCHAR) AS "_file" WHERE FALSE
    UNION ALL BY NAME
    SELECT * RENAME (filename AS "_file") FROM read_parquet(['lake/orders/000000000002.0001.parquet'], filename = true, union_by_name = true, hive_partitioning = false)
  ) AS b
  WHERE b."_sequence" IS NOT NULL
), "told" AS (
  SELECT DISTINCT b."order_id" AS "order_id", b."line" AS "line"
  FROM (
    SELECT CAST(NULL AS VARCHAR) AS "address", CAST(NULL AS DECIMAL(12, 2)) AS "amount", CAST(NULL AS VARCHAR) AS "attributes", CAST(NULL AS VARCHAR) AS "customer_id", CAST(NULL AS VARCHAR) AS "extras", CAST(NULL AS BOOLEAN) AS "gift", CAST(NULL AS VARCHAR) AS "line", CAST(NULL AS BIGINT) AS "order_date", CAST(NULL AS VARCHAR) AS "order_id", CAST(NULL AS BIGINT) AS "page_views", CAST(NULL AS VARCHAR) AS "product_ids", CAST(NULL AS BIGINT) AS "quantity", CAST(NULL AS DATE) AS "ship_date", CAST(NULL AS BLOB) AS "signature", CAST(NULL AS VARCHAR) AS "sizes", CAST(NULL AS DOUBLE) AS "weight", CAST(NULL AS VARCHAR) AS "_event_name", CAST(NULL AS BIGINT) AS "_event_timestamp", CAST(NULL AS VARCHAR) AS "_table_name", CAST(NULL AS VARCHAR) AS "_event_id", CAST(NULL AS VARCHAR) AS "_sequence", CAST(NULL AS BOOLEAN) AS "_ttl_delete", CAST(NULL AS VARCHAR) AS "_new_image", CAST(NULL AS VARCHAR) AS "_old_image", CAST(NULL AS VARCHAR) AS "_errors", CAST(NULL AS BIGINT) AS "_epoch", CAST(NULL AS VARCHAR) AS "_file" WHERE FALSE
    UNION ALL BY NAME
    SELECT * RENAME (filename AS "_file") FROM read_parquet(['lake/orders/000000000002.0001.parquet'], filename = true, union_by_name = true, hive_partitioning = false)
  ) AS b
  WHERE (b."_sequence" IS NULL) AND ((b."_event_id" LIKE '01695353076000-06e2188f/%') OR (b."_event_id" LIKE 'read/01695353076000-06e2188f/%') OR (b."_event_id" LIKE 'missing/01695353076000-06e2188f/%'))
)
SELECT s."order_id" AS "order_id", s."line" AS "line", CAST(s."_event_timestamp" AS VARCHAR) AS "streamed_at"
FROM "streamed" AS s
LEFT JOIN "told" AS t ON (t."order_id" = s."order_id") AND (t."line" = s."line")
WHERE (t."order_id" IS NULL) AND (s."_rank" = CAST('1' AS BIGINT)) AND (NOT (s."_event_name" = 'REMOVE')) AND (s."_event_timestamp" >= CAST('1774727940000000' AS BIGINT)) AND (s."_event_timestamp" < CAST('1774729940000000' AS BIGINT))
LIMIT 20000
