SELECT
  g."order_id" AS "order_id",
  g."day" AS "day",
  CAST(g."total" AS double) AS "total",
  g."items" AS "items"
FROM "order_list" AS g
WHERE ($__timeFilter(g."ordered_at")) AND (('__everything' IN (${customer:sqlstring})) OR (g."customer" IN (${customer:sqlstring})))
ORDER BY g."total"
LIMIT 3
