SELECT g."day" AS "day", CAST(avg(CAST(g."average" AS double)) AS double) AS "average"
FROM "sales" AS g
WHERE ($__dateFilter(g."day")) AND (('__everything' IN (${customer:sqlstring})) OR (g."customer" IN (${customer:sqlstring}))) AND (('__everything' IN (${large:sqlstring})) OR (CAST(g."large" AS varchar) IN (${large:sqlstring})))
GROUP BY g."day"
ORDER BY g."day"
