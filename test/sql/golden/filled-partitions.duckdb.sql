SELECT DISTINCT strftime(CAST(date_trunc('month', CAST(f."order_date" AS TIMESTAMP)) AS TIMESTAMP), '%Y-%m-%d %H:%M:%S.%f') AS "from0"
FROM "silver"."orders_enriched" AS f
WHERE (f."gift" IS NOT NULL) OR (f."tags" IS NOT NULL)
