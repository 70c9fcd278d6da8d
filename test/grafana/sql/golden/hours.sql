SELECT f."hour" + t."_gap" * INTERVAL '1' HOUR AS "hour", CASE WHEN t."_gap" = 0 THEN f."orders" ELSE CAST(0 AS double) END AS "orders", CASE WHEN t."_gap" = 0 THEN f."customers" END AS "customers"
FROM (
  SELECT
    v."hour" AS "hour",
    v."orders" AS "orders",
    v."customers" AS "customers",
    coalesce(date_diff('hour', v."hour", lead(v."hour") OVER (ORDER BY v."hour")), date_diff('hour', v."hour", TIMESTAMP $__rawTimeTo('yyyy-MM-dd HH:00:00')) + 1) AS "_span"
  FROM (
    SELECT g."hour" AS "hour", CAST(sum(g."orders") AS double) AS "orders", CAST(max(g."customers") AS double) AS "customers"
    FROM "hourly" AS g
    WHERE g."hour" BETWEEN TIMESTAMP $__rawTimeFrom('yyyy-MM-dd HH:00:00') AND TIMESTAMP $__rawTimeTo('yyyy-MM-dd HH:00:00')
    GROUP BY g."hour"
  ) AS v
) AS f
CROSS JOIN UNNEST(sequence(0, least(f."_span" - 1, 9999))) AS t("_gap")
ORDER BY "hour"
