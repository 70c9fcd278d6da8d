CREATE OR REPLACE VIEW "shop_silver"."orders_enriched_quarantine" AS
SELECT
  a."order_id" AS "order_id",
  a."line" AS "line",
  substr(a."_reason", BIGINT '12') AS "_rule",
  a."_event_timestamp" AS "_event_timestamp",
  a."_sequence" AS "_sequence",
  a."_epoch" AS "_epoch",
  a."_event_id" AS "_event_id",
  a."_bronze_file" AS "_bronze_file"
FROM "shop_bookkeeping"."absent_orders_enriched" AS a
LEFT JOIN "shop_silver"."orders_enriched" AS t ON (t."order_id" = a."order_id") AND (t."line" = a."line")
WHERE (a."_reason" LIKE 'quarantine:%') AND ((t."order_id" IS NULL) OR CASE WHEN (a."_sequence" IS NOT NULL) AND (t."_sequence" IS NOT NULL) THEN (a."_sequence" > t."_sequence") OR ((a."_sequence" = t."_sequence") AND (a."_epoch" > t."_epoch")) WHEN a."_sequence" IS NOT NULL THEN date_trunc('second', a."_event_timestamp") >= date_trunc('second', t."_event_timestamp") WHEN t."_sequence" IS NOT NULL THEN date_trunc('second', a."_event_timestamp") > date_trunc('second', t."_event_timestamp") ELSE (a."_event_timestamp" > t."_event_timestamp") OR ((a."_event_timestamp" = t."_event_timestamp") AND (a."_epoch" > t."_epoch")) END)
