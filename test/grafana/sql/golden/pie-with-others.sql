SELECT CASE WHEN r."_rank" <= 1 THEN r."customer" ELSE 'Others' END AS "customer", sum(r."orders") AS "orders"
FROM (
  SELECT coalesce(g."customer", '(none)') AS "customer", CAST(sum(g."orders") AS double) AS "orders", row_number() OVER (ORDER BY CAST(sum(g."orders") AS double) DESC, coalesce(g."customer", '(none)')) AS "_rank"
  FROM "sales" AS g
  WHERE ($__dateFilter(g."day")) AND (('__everything' IN (${customer:sqlstring})) OR (g."customer" IN (${customer:sqlstring}))) AND (('__everything' IN (${large:sqlstring})) OR (CAST(g."large" AS varchar) IN (${large:sqlstring})))
  GROUP BY coalesce(g."customer", '(none)')
) AS r
GROUP BY CASE WHEN r."_rank" <= 1 THEN r."customer" ELSE 'Others' END
ORDER BY min(r."_rank")
