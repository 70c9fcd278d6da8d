SELECT count(*) AS "outdated"
FROM (
  SELECT *, "$path" AS "_file"
  FROM "shop_bronze"."orders_runs"
  WHERE "run" = '000000000002.0001'
) AS b
WHERE b."_epoch" < BIGINT '3'
