MERGE INTO "gold"."key_metrics" AS t
USING (
  WITH "totals" AS (
    SELECT CAST(count(*) FILTER (WHERE (v."order_date" >= CAST('2026-03-28 00:00:00.000000' AS TIMESTAMP)) AND (v."order_date" < CAST('2026-03-29 00:00:00.000000' AS TIMESTAMP))) AS DECIMAL(38, 2)) AS "orders_today", coalesce(CAST(sum(v."amount") FILTER (WHERE (v."order_date" >= CAST('2026-03-25 00:00:00.000000' AS TIMESTAMP)) AND (v."order_date" < CAST('2026-03-29 00:00:00.000000' AS TIMESTAMP))) AS DECIMAL(38, 2)), CAST('0' AS DECIMAL(38, 2))) AS "revenue_3d", coalesce(CAST(sum(v."amount") FILTER (WHERE (v."order_date" >= CAST('2026-03-21 00:00:00.000000' AS TIMESTAMP)) AND (v."order_date" < CAST('2026-03-25 00:00:00.000000' AS TIMESTAMP))) AS DECIMAL(38, 2)), CAST('0' AS DECIMAL(38, 2))) AS "_previous_revenue_3d"
    FROM "silver"."orders_enriched" AS v
    WHERE v."order_date" >= CAST('2026-03-21 00:00:00.000000' AS TIMESTAMP)
  ), "names" AS (
    SELECT
      'orders_today' AS "metric_name",
      CAST('2026-03-28 00:00:00.000000' AS TIMESTAMP) AS "window_start",
      CAST('2026-03-29 00:00:00.000000' AS TIMESTAMP) AS "window_end",
      'yes' AS "_present"
    UNION ALL
    SELECT
      'revenue_3d' AS "metric_name",
      CAST('2026-03-25 00:00:00.000000' AS TIMESTAMP) AS "window_start",
      CAST('2026-03-29 00:00:00.000000' AS TIMESTAMP) AS "window_end",
      'yes' AS "_present"
    UNION ALL
    SELECT
      p."metric_name" AS "metric_name",
      CAST(NULL AS TIMESTAMP) AS "window_start",
      CAST(NULL AS TIMESTAMP) AS "window_end",
      CAST(NULL AS VARCHAR) AS "_present"
    FROM "gold"."key_metrics" AS p
    WHERE p."metric_name" NOT IN ('orders_today', 'revenue_3d')
  )
  SELECT
    n."metric_name" AS "metric_name",
    CASE n."metric_name" WHEN 'orders_today' THEN v."orders_today" WHEN 'revenue_3d' THEN v."revenue_3d" END AS "metric_value",
    CASE n."metric_name" WHEN 'revenue_3d' THEN v."_previous_revenue_3d" END AS "previous_value",
    n."window_start" AS "window_start",
    n."window_end" AS "window_end",
    n."_present" AS "_present"
  FROM "names" AS n
  JOIN "totals" AS v ON true
) AS s
ON t."metric_name" = s."metric_name"
WHEN MATCHED AND s."_present" IS NULL THEN DELETE
WHEN MATCHED AND (t."metric_value" IS DISTINCT FROM s."metric_value") OR (t."previous_value" IS DISTINCT FROM s."previous_value") OR (t."window_start" IS DISTINCT FROM s."window_start") OR (t."window_end" IS DISTINCT FROM s."window_end") THEN UPDATE SET "metric_value" = s."metric_value", "previous_value" = s."previous_value", "window_start" = s."window_start", "window_end" = s."window_end", "computed_at" = CAST('2026-03-28 20:00:00.000000' AS TIMESTAMP)
WHEN NOT MATCHED AND s."_present" IS NOT NULL THEN INSERT ("metric_name", "metric_value", "previous_value", "window_start", "window_end", "computed_at") VALUES (s."metric_name", s."metric_value", s."previous_value", s."window_start", s."window_end", CAST('2026-03-28 20:00:00.000000' AS TIMESTAMP))
