SELECT coalesce(g."customer", '(none)') AS "customer", CAST(sum(g."total") AS double) AS "total"
FROM "order_list" AS g
WHERE ('__everything' IN (${customer:sqlstring})) OR (g."customer" IN (${customer:sqlstring}))
GROUP BY coalesce(g."customer", '(none)')
ORDER BY CAST(sum(g."total") AS double) DESC, coalesce(g."customer", '(none)')
LIMIT 2
