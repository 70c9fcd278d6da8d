SELECT CAST(max(g."metric_value") FILTER (WHERE g."metric_name" = 'revenue_7d') AS double) AS "revenue_7d"
FROM "figures" AS g
WHERE g."metric_name" IN ('revenue_7d')
