SELECT count(*) FROM "bookkeeping"."absent_orders_enriched"
