SELECT count(*) FROM "silver"."orders_enriched"
WHERE ("order_date" >= CAST('2026-03-01 00:00:00.000000' AS TIMESTAMP)) AND ("order_date" < CAST('2026-04-01 00:00:00.000000' AS TIMESTAMP))
