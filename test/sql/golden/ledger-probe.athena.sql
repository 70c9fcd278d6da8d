SELECT count(*) AS "consumed"
FROM "shop_bookkeeping"."ledger_orders_enriched" AS l
WHERE "_run" <= '000000000002.0001'
