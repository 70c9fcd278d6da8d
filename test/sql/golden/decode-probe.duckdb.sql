SELECT
  max(length(CAST(b."address" AS VARCHAR))) AS "address",
  max(length(CAST(b."amount" AS VARCHAR))) AS "amount",
  max(length(CAST(b."attributes" AS VARCHAR))) AS "attributes",
  max(length(CAST(b."customer_id" AS VARCHAR))) AS "customer_id",
  max(length(CAST(b."extras" AS VARCHAR))) AS "extras",
  max(length(CAST(b."gift" AS VARCHAR))) AS "gift",
  max(length(CAST(b."line" AS VARCHAR))) AS "line",
  max(length(CAST(b."order_date" AS VARCHAR))) AS "order_date",
  max(length(CAST(b."order_id" AS VARCHAR))) AS "order_id",
  max(length(CAST(b."page_views" AS VARCHAR))) AS "page_views",
  max(length(CAST(b."product_ids" AS VARCHAR))) AS "product_ids",
  max(length(CAST(b."quantity" AS VARCHAR))) AS "quantity",
  max(length(CAST(b."ship_date" AS VARCHAR))) AS "ship_date",
  max(octet_length(b."signature")) AS "signature",
  max(length(CAST(b."sizes" AS VARCHAR))) AS "sizes",
  max(b."weight") AS "weight",
  max(length(CAST(b."_event_name" AS VARCHAR))) AS "_event_name",
  max(length(CAST(b."_event_timestamp" AS VARCHAR))) AS "_event_timestamp",
  max(length(CAST(b."_table_name" AS VARCHAR))) AS "_table_name",
  max(length(CAST(b."_event_id" AS VARCHAR))) AS "_event_id",
  max(length(CAST(b."_sequence" AS VARCHAR))) AS "_sequence",
  max(length(CAST(b."_ttl_delete" AS VARCHAR))) AS "_ttl_delete",
  max(length(CAST(b."_new_image" AS VARCHAR))) AS "_new_image",
  max(length(CAST(b."_old_image" AS VARCHAR))) AS "_old_image",
  max(length(CAST(b."_errors" AS VARCHAR))) AS "_errors",
  max(length(CAST(b."_epoch" AS VARCHAR))) AS "_epoch"
FROM (
  SELECT CAST(NULL AS VARCHAR) AS "address", CAST(NULL AS DECIMAL(12, 2)) AS "amount", CAST(NULL AS VARCHAR) AS "attributes", CAST(NULL AS VARCHAR) AS "customer_id", CAST(NULL AS VARCHAR) AS "extras", CAST(NULL AS BOOLEAN) AS "gift", CAST(NULL AS VARCHAR) AS "line", CAST(NULL AS BIGINT) AS "order_date", CAST(NULL AS VARCHAR) AS "order_id", CAST(NULL AS BIGINT) AS "page_views", CAST(NULL AS VARCHAR) AS "product_ids", CAST(NULL AS BIGINT) AS "quantity", CAST(NULL AS DATE) AS "ship_date", CAST(NULL AS BLOB) AS "signature", CAST(NULL AS VARCHAR) AS "sizes", CAST(NULL AS DOUBLE) AS "weight", CAST(NULL AS VARCHAR) AS "_event_name", CAST(NULL AS BIGINT) AS "_event_timestamp", CAST(NULL AS VARCHAR) AS "_table_name", CAST(NULL AS VARCHAR) AS "_event_id", CAST(NULL AS VARCHAR) AS "_sequence", CAST(NULL AS BOOLEAN) AS "_ttl_delete", CAST(NULL AS VARCHAR) AS "_new_image", CAST(NULL AS VARCHAR) AS "_old_image", CAST(NULL AS VARCHAR) AS "_errors", CAST(NULL AS BIGINT) AS "_epoch", CAST(NULL AS VARCHAR) AS "_file" WHERE FALSE
  UNION ALL BY NAME
  SELECT * RENAME (filename AS "_file") FROM read_parquet(['lake/orders/000000000002.0001.parquet'], filename = true, union_by_name = true, hive_partitioning = false)
) AS b
