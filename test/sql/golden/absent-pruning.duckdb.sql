DELETE FROM "bookkeeping"."absent_orders_enriched"
WHERE (NOT ("_reason" LIKE 'quarantine:%')) AND ("_event_timestamp" < CAST('2026-03-28 20:00:00.000000' AS TIMESTAMP))
