SELECT
  g."day" AS "day",
  coalesce(g."customer", '(none)') AS "customer",
  CAST(sum(g."orders") AS double) AS "orders",
  CAST(sum(g."revenue") AS double) AS "revenue"
FROM "sales" AS g
WHERE ($__dateFilter(g."day")) AND (('__everything' IN (${customer:sqlstring})) OR (g."customer" IN (${customer:sqlstring}))) AND (('__everything' IN (${large:sqlstring})) OR (CAST(g."large" AS varchar) IN (${large:sqlstring})))
GROUP BY g."day", coalesce(g."customer", '(none)')
ORDER BY g."day", coalesce(g."customer", '(none)')
