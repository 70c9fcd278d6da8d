SELECT
  g."order_id" AS "order_id",
  g."day" AS "day",
  CAST(g."total" AS double) AS "total",
  g."items" AS "items"
FROM "order_list" AS g
WHERE (g."ordered_at" >= TIMESTAMP $__rawTimeFrom('yyyy-MM-dd HH:mm:00') AND g."ordered_at" < TIMESTAMP $__rawTimeTo('yyyy-MM-dd HH:mm:00') + INTERVAL '1' MINUTE) AND (('__everything' IN (${customer:sqlstring})) OR (g."customer" IN (${customer:sqlstring})))
ORDER BY g."total"
LIMIT 3
