SELECT
  max(length(CAST(b."address" AS varchar))) AS "address",
  max(length(CAST(b."amount" AS varchar))) AS "amount",
  max(length(CAST(b."attributes" AS varchar))) AS "attributes",
  max(length(CAST(b."customer_id" AS varchar))) AS "customer_id",
  max(length(CAST(b."extras" AS varchar))) AS "extras",
  max(length(CAST(b."gift" AS varchar))) AS "gift",
  max(length(CAST(b."line" AS varchar))) AS "line",
  max(length(CAST(b."order_date" AS varchar))) AS "order_date",
  max(length(CAST(b."order_id" AS varchar))) AS "order_id",
  max(length(CAST(b."page_views" AS varchar))) AS "page_views",
  max(length(CAST(b."product_ids" AS varchar))) AS "product_ids",
  max(length(CAST(b."quantity" AS varchar))) AS "quantity",
  max(length(CAST(b."ship_date" AS varchar))) AS "ship_date",
  max(length(b."signature")) AS "signature",
  max(length(CAST(b."sizes" AS varchar))) AS "sizes",
  max(b."weight") AS "weight",
  max(length(CAST(b."_event_name" AS varchar))) AS "_event_name",
  max(length(CAST(b."_event_timestamp" AS varchar))) AS "_event_timestamp",
  max(length(CAST(b."_table_name" AS varchar))) AS "_table_name",
  max(length(CAST(b."_event_id" AS varchar))) AS "_event_id",
  max(length(CAST(b."_sequence" AS varchar))) AS "_sequence",
  max(length(CAST(b."_ttl_delete" AS varchar))) AS "_ttl_delete",
  max(length(CAST(b."_new_image" AS varchar))) AS "_new_image",
  max(length(CAST(b."_old_image" AS varchar))) AS "_old_image",
  max(length(CAST(b."_errors" AS varchar))) AS "_errors",
  max(length(CAST(b."_epoch" AS varchar))) AS "_epoch"
FROM (
  SELECT *, "$path" AS "_file"
  FROM "shop_bronze"."orders_runs"
  WHERE "run" = '000000000002.0001'
) AS b
