MERGE INTO "silver"."orders_enriched" AS t
USING (
  WITH "affected0" AS (
    SELECT DISTINCT k."customer_id" AS "customer_id", 'yes' AS "_affected"
    FROM (
      SELECT f."customer_id" AS "customer_id", 'yes' AS "_affected"
      FROM "silver"."customers" AS f
      JOIN (
        SELECT DISTINCT k."country_id" AS "country_id", 'yes' AS "_affected"
        FROM (
          SELECT b."country_id" AS "country_id", 'yes' AS "_affected"
          FROM (
            SELECT CAST(NULL AS VARCHAR) AS "country_id", CAST(NULL AS VARCHAR) AS "label", CAST(NULL AS VARCHAR) AS "_event_name", CAST(NULL AS BIGINT) AS "_event_timestamp", CAST(NULL AS VARCHAR) AS "_table_name", CAST(NULL AS VARCHAR) AS "_event_id", CAST(NULL AS VARCHAR) AS "_sequence", CAST(NULL AS BOOLEAN) AS "_ttl_delete", CAST(NULL AS VARCHAR) AS "_new_image", CAST(NULL AS VARCHAR) AS "_old_image", CAST(NULL AS VARCHAR) AS "_errors", CAST(NULL AS BIGINT) AS "_epoch", CAST(NULL AS VARCHAR) AS "_file" WHERE FALSE
            UNION ALL BY NAME
            SELECT * RENAME (filename AS "_file") FROM read_parquet(['lake/countries/000000000002.0001.parquet'], filename = true, union_by_name = true, hive_partitioning = false)
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
  FROM "silver"."orders_enriched" AS f
  LEFT JOIN "affected0" AS affected0 ON affected0."customer_id" = f."customer_id"
  LEFT JOIN "silver"."customers" AS d0 ON d0."customer_id" = f."customer_id"
  WHERE ((affected0."_affected" IS NOT NULL) AND ((f."customer_country" IS DISTINCT FROM d0."country") OR (f."customer_name" IS DISTINCT FROM d0."name"))) AND ((f."order_date" >= CAST('2026-03-01 00:00:00.000000' AS TIMESTAMP)) AND (f."order_date" < CAST('2026-04-01 00:00:00.000000' AS TIMESTAMP)))
) AS s
ON ((t."order_id" = s."order_id") AND (t."line" = s."line")) AND ((t."order_date" >= CAST('2026-03-01 00:00:00.000000' AS TIMESTAMP)) AND (t."order_date" < CAST('2026-04-01 00:00:00.000000' AS TIMESTAMP)))
WHEN MATCHED AND TRUE THEN UPDATE SET "customer_country" = s."customer_country", "customer_name" = s."customer_name", "processed_at" = CAST('2026-03-28 20:00:00.000000' AS TIMESTAMP)
