SELECT CAST(max(g."metric_value") FILTER (WHERE g."metric_name" = 'orders_today') AS double) AS "orders_today", CAST(max(g."metric_value") FILTER (WHERE g."metric_name" = 'revenue_7d') AS double) AS "revenue_7d"
FROM "figures" AS g
WHERE g."metric_name" IN ('orders_today', 'revenue_7d')
