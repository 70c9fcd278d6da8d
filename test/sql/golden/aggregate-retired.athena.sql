MERGE INTO "shop_gold"."daily_sales" AS t
USING (
  SELECT
    n."country" AS "country",
    n."order_day" AS "order_day",
    n."average" AS "average",
    n."customers" AS "customers",
    n."large_orders" AS "large_orders",
    n."largest" AS "largest",
    n."orders" AS "orders",
    n."revenue" AS "revenue",
    n."_present" AS "_present",
    false AS "_former"
  FROM (
    WITH "groups" AS (
      SELECT coalesce(v."customer_country", 'it''s unknown') AS "country", CAST(v."order_date" AS date) AS "order_day"
      FROM "shop_silver"."orders_enriched" AS v
      WHERE (v."gift" IS NULL) OR (NOT v."gift")
      UNION
      SELECT p."country" AS "country", p."order_day" AS "order_day"
      FROM "shop_gold"."daily_sales" AS p
    ), "fresh" AS (
      SELECT
        coalesce(v."customer_country", 'it''s unknown') AS "country",
        CAST(v."order_date" AS date) AS "order_day",
        CAST(sum(v."amount") AS double) / CAST(count(v."amount") AS double) AS "average",
        count(DISTINCT v."customer_id") AS "customers",
        count(*) FILTER (WHERE v."amount" > DECIMAL '100.50') AS "large_orders",
        max(v."amount") AS "largest",
        count(*) AS "orders",
        sum(v."amount") AS "revenue",
        'yes' AS "_present"
      FROM "shop_silver"."orders_enriched" AS v
      WHERE (v."gift" IS NULL) OR (NOT v."gift")
      GROUP BY coalesce(v."customer_country", 'it''s unknown'), CAST(v."order_date" AS date)
    )
    SELECT
      g."country" AS "country",
      g."order_day" AS "order_day",
      f."average" AS "average",
      f."customers" AS "customers",
      f."large_orders" AS "large_orders",
      f."largest" AS "largest",
      f."orders" AS "orders",
      f."revenue" AS "revenue",
      f."_present" AS "_present"
    FROM "groups" AS g
    LEFT JOIN "fresh" AS f ON ((coalesce(f."country", '') = coalesce(g."country", '')) AND ((f."country" IS NULL) = (g."country" IS NULL))) AND ((coalesce(f."order_day", DATE '1970-01-01') = coalesce(g."order_day", DATE '1970-01-01')) AND ((f."order_day" IS NULL) = (g."order_day" IS NULL)))
  ) AS n
  UNION ALL
  SELECT DISTINCT
    p."country" AS "country",
    p."order_day" AS "order_day",
    CAST(NULL AS double) AS "average",
    CAST(NULL AS bigint) AS "customers",
    CAST(NULL AS bigint) AS "large_orders",
    CAST(NULL AS decimal(12, 2)) AS "largest",
    CAST(NULL AS bigint) AS "orders",
    CAST(NULL AS decimal(38, 2)) AS "revenue",
    CAST(NULL AS varchar) AS "_present",
    true AS "_former"
  FROM "shop_gold"."daily_sales" AS p
  WHERE p."area" IS NOT NULL
) AS s
ON (((coalesce(t."country", '') = coalesce(s."country", '')) AND ((t."country" IS NULL) = (s."country" IS NULL))) AND ((coalesce(t."order_day", DATE '1970-01-01') = coalesce(s."order_day", DATE '1970-01-01')) AND ((t."order_day" IS NULL) = (s."order_day" IS NULL)))) AND ((t."area" IS NOT NULL) = s."_former")
WHEN MATCHED AND s."_present" IS NULL THEN DELETE
WHEN MATCHED AND (t."average" IS DISTINCT FROM s."average") OR (t."customers" IS DISTINCT FROM s."customers") OR (t."large_orders" IS DISTINCT FROM s."large_orders") OR (t."largest" IS DISTINCT FROM s."largest") OR (t."orders" IS DISTINCT FROM s."orders") OR (t."revenue" IS DISTINCT FROM s."revenue") THEN UPDATE SET "average" = s."average", "customers" = s."customers", "large_orders" = s."large_orders", "largest" = s."largest", "orders" = s."orders", "revenue" = s."revenue", "computed_at" = TIMESTAMP '2026-03-28 20:00:00.000000'
WHEN NOT MATCHED AND s."_present" IS NOT NULL THEN INSERT ("country", "order_day", "average", "customers", "large_orders", "largest", "orders", "revenue", "computed_at") VALUES (s."country", s."order_day", s."average", s."customers", s."large_orders", s."largest", s."orders", s."revenue", TIMESTAMP '2026-03-28 20:00:00.000000')
