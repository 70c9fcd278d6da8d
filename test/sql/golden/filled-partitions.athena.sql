SELECT DISTINCT CAST(date_trunc('month', CAST(f."order_date" AS timestamp(6))) AS varchar) AS "from0"
FROM "shop_silver"."orders_enriched" AS f
WHERE (f."gift" IS NOT NULL) OR (f."tags" IS NOT NULL)
