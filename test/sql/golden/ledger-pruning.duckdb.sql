DELETE FROM "bookkeeping"."ledger_orders_enriched"
WHERE "_run" <= '000000000002.0001'
