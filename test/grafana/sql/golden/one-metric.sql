SELECT p."revenue_7d" AS "revenue_7d"
FROM (
  SELECT 1 AS "_period", CAST(max(g."previous_value") FILTER (WHERE g."metric_name" = 'revenue_7d') AS double) AS "revenue_7d"
  FROM "figures" AS g
  WHERE g."metric_name" IN ('revenue_7d')
  UNION ALL
  SELECT 2 AS "_period", CAST(max(g."metric_value") FILTER (WHERE g."metric_name" = 'revenue_7d') AS double) AS "revenue_7d"
  FROM "figures" AS g
  WHERE g."metric_name" IN ('revenue_7d')
) AS p
ORDER BY p."_period"
