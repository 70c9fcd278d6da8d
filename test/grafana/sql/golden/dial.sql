SELECT CAST(max(g."metric_value") FILTER (WHERE g."metric_name" = 'orders_today') AS double) AS "orders_today"
FROM "figures" AS g
WHERE g."metric_name" IN ('orders_today')
