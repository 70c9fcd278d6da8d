SELECT CAST(max(g."largest") AS double) AS "largest"
FROM "sales" AS g
WHERE ($__dateFilter(g."day")) AND (('__everything' IN (${customer:sqlstring})) OR (g."customer" IN (${customer:sqlstring}))) AND (('__everything' IN (${large:sqlstring})) OR (CAST(g."large" AS varchar) IN (${large:sqlstring})))
