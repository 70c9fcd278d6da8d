SELECT count(*) AS "consumed"
FROM "bookkeeping"."ledger_orders_enriched" AS l
WHERE "_run" <= '000000000002.0001'
