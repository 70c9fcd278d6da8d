SELECT coalesce(g."customer", '(none)') AS "customer", CAST(min(g."orders") AS double) AS "orders", CAST(min(g."smallest") AS double) AS "smallest"
FROM "sales" AS g
WHERE ($__dateFilter(g."day")) AND (('__everything' IN (${customer:sqlstring})) OR (g."customer" IN (${customer:sqlstring}))) AND (('__everything' IN (${large:sqlstring})) OR (CAST(g."large" AS varchar) IN (${large:sqlstring})))
GROUP BY coalesce(g."customer", '(none)')
ORDER BY CAST(min(g."orders") AS double) DESC, coalesce(g."customer", '(none)')
LIMIT 20
