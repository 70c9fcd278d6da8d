SELECT coalesce(CAST(g."total" AS varchar), '(none)') AS "total", CAST(sum(g."weight") AS double) AS "weight"
FROM "order_list" AS g
WHERE ('__everything' IN (${customer:sqlstring})) OR (g."customer" IN (${customer:sqlstring}))
GROUP BY coalesce(CAST(g."total" AS varchar), '(none)')
ORDER BY CAST(sum(g."weight") AS double) DESC, coalesce(CAST(g."total" AS varchar), '(none)')
LIMIT 3
