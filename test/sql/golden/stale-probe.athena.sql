WITH "affected0" AS (
  SELECT DISTINCT k."customer_id" AS "customer_id", 'yes' AS "_affected"
  FROM (
    SELECT b."customer_id" AS "customer_id", 'yes' AS "_affected"
    FROM (
      SELECT *, "$path" AS "_file"
      FROM "shop_bronze"."customers_runs"
      WHERE "run" = '000000000002.0001'
    ) AS b
  ) AS k
)
SELECT DISTINCT CAST(date_trunc('month', CAST(f."order_date" AS timestamp(6))) AS varchar) AS "from0"
FROM "shop_silver"."orders_enriched" AS f
LEFT JOIN "affected0" AS affected0 ON affected0."customer_id" = f."customer_id"
LEFT JOIN "shop_silver"."customers" AS d0 ON d0."customer_id" = f."customer_id"
WHERE (affected0."_affected" IS NOT NULL) AND ((f."customer_country" IS DISTINCT FROM d0."country") OR (f."customer_name" IS DISTINCT FROM d0."name"))
