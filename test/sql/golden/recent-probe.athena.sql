SELECT DISTINCT CAST(date_trunc('month', CAST(f."order_date" AS timestamp(6))) AS varchar) AS "from0"
FROM "shop_silver"."orders_enriched" AS f
WHERE f."processed_at" >= TIMESTAMP '2026-03-28 20:00:00.000000'
