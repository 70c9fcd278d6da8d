SELECT count(*) AS "outdated"
FROM (
  SELECT CAST(NULL AS VARCHAR) AS "address", CAST(NULL AS DECIMAL(12, 2)) AS "amount", CAST(NULL AS VARCHAR) AS "attributes", CAST(NULL AS VARCHAR) AS "customer_id", CAST(NULL AS VARCHAR) AS "extras", CAST(NULL AS BOOLEAN) AS "gift", CAST(NULL AS VARCHAR) AS "line", CAST(NULL AS BIGINT) AS "order_date", CAST(NULL AS VARCHAR) AS "order_id", CAST(NULL AS BIGINT) AS "page_views", CAST(NULL AS VARCHAR) AS "product_ids", CAST(NULL AS BIGINT) AS "quantity", CAST(NULL AS DATE) AS "ship_date", CAST(NULL AS BLOB) AS "signature", CAST(NULL AS VARCHAR) AS "sizes", CAST(NULL AS DOUBLE) AS "weight", CAST(NULL AS VARCHAR) AS "_event_name", CAST(NULL AS BIGINT) AS "_event_timestamp", CAST(NULL AS VARCHAR) AS "_table_name", CAST(NULL AS VARCHAR) AS "_event_id", CAST(NULL AS VARCHAR) AS "_sequence", CAST(NULL AS BOOLEAN) AS "_ttl_delete", CAST(NULL AS VARCHAR) AS "_new_image", CAST(NULL AS VARCHAR) AS "_old_image", CAST(NULL AS VARCHAR) AS "_errors", CAST(NULL AS BIGINT) AS "_epoch", CAST(NULL AS VARCHAR) AS "_file" WHERE FALSE
  UNION ALL BY NAME
  SELECT * RENAME (filename AS "_file") FROM read_parquet(['lake/orders/000000000002.0001.parquet'], filename = true, union_by_name = true, hive_partitioning = false)
) AS b
WHERE b."_epoch" < CAST('3' AS BIGINT)
