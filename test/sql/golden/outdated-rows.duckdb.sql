SELECT count(*) AS "outdated"
FROM "silver"."orders_enriched" AS t
WHERE t."_epoch" < CAST('3' AS BIGINT)
