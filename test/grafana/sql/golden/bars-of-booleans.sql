SELECT coalesce(CAST(g."large" AS varchar), '(none)') AS "large", CAST(sum(g."revenue") AS double) AS "revenue"
FROM "sales" AS g
WHERE ($__dateFilter(g."day")) AND (('__everything' IN (${customer:sqlstring})) OR (g."customer" IN (${customer:sqlstring}))) AND (('__everything' IN (${large:sqlstring})) OR (CAST(g."large" AS varchar) IN (${large:sqlstring})))
GROUP BY coalesce(CAST(g."large" AS varchar), '(none)')
ORDER BY CAST(sum(g."revenue") AS double) DESC, coalesce(CAST(g."large" AS varchar), '(none)')
LIMIT 20
