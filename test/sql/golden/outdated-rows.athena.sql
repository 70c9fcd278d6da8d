SELECT count(*) AS "outdated"
FROM "shop_silver"."orders_enriched" AS t
WHERE t."_epoch" < BIGINT '3'
