SELECT 1 FROM "bookkeeping"."absent_orders_enriched" WHERE FALSE
