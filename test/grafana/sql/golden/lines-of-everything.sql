SELECT g."ordered_at" AS "ordered_at", CAST(sum(g."total") AS double) AS "total"
FROM "order_list" AS g
WHERE (g."ordered_at" IS NOT NULL) AND (('__everything' IN (${customer:sqlstring})) OR (g."customer" IN (${customer:sqlstring})))
GROUP BY g."ordered_at"
ORDER BY g."ordered_at"
