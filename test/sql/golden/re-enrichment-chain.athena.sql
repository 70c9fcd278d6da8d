MERGE INTO "shop_silver"."orders_enriched" AS t
USING (
  WITH "affected0" AS (
    SELECT DISTINCT k."customer_id" AS "customer_id", 'yes' AS "_affected"
    FROM (
      SELECT f."customer_id" AS "customer_id", 'yes' AS "_affected"
      FROM "shop_silver"."customers" AS f
      JOIN (
        SELECT DISTINCT k."country_id" AS "country_id", 'yes' AS "_affected"
        FROM (
          SELECT b."country_id" AS "country_id", 'yes' AS "_affected"
          FROM (
            SELECT *, "$path" AS "_file"
            FROM "shop_bronze"."countries_runs"
            WHERE "run" = '000000000002.0001'
          ) AS b
        ) AS k
      ) AS above ON above."country_id" = f."country_id"
    ) AS k
  )
  SELECT
    f."order_id" AS "order_id",
    f."line" AS "line",
    d0."country" AS "customer_country",
    d0."name" AS "customer_name"
  FROM "shop_silver"."orders_enriched" AS f
  LEFT JOIN "affected0" AS affected0 ON affected0."customer_id" = f."customer_id"
  LEFT JOIN "shop_silver"."customers" AS d0 ON d0."customer_id" = f."customer_id"
  WHERE ((affected0."_affected" IS NOT NULL) AND ((f."customer_country" IS DISTINCT FROM d0."country") OR (f."customer_name" IS DISTINCT FROM d0."name"))) AND ((f."order_date" >= TIMESTAMP '2026-03-01 00:00:00.000000') AND (f."order_date" < TIMESTAMP '2026-04-01 00:00:00.000000'))
) AS s
ON ((t."order_id" = s."order_id") AND (t."line" = s."line")) AND ((t."order_date" >= TIMESTAMP '2026-03-01 00:00:00.000000') AND (t."order_date" < TIMESTAMP '2026-04-01 00:00:00.000000'))
WHEN MATCHED AND TRUE THEN UPDATE SET "customer_country" = s."customer_country", "customer_name" = s."customer_name", "processed_at" = TIMESTAMP '2026-03-28 20:00:00.000000'
