SELECT DISTINCT a."_bronze_file" AS "file", a."_event_id" AS "event"
FROM "shop_bookkeeping"."absent_orders_enriched" AS a
WHERE (a."_reason" LIKE 'quarantine:%') OR (a."_reason" LIKE 'drop:%')
