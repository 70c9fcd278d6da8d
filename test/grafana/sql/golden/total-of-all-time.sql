SELECT coalesce(CAST(sum(g."total") AS double), CAST(0 AS double)) AS "total"
FROM "order_list" AS g
WHERE ('__everything' IN (${customer:sqlstring})) OR (g."customer" IN (${customer:sqlstring}))
