SELECT count(*) FROM "silver"."orders_enriched"
WHERE "order_date" IS NULL
