SELECT DISTINCT strftime(CAST(date_trunc('month', CAST(f."order_date" AS TIMESTAMP)) AS TIMESTAMP), '%Y-%m-%d %H:%M:%S.%f') AS "from0"
FROM "silver"."orders_enriched" AS f
WHERE f."processed_at" >= CAST('2026-03-28 20:00:00.000000' AS TIMESTAMP)
