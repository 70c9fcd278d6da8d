SELECT CASE WHEN r."_rank" <= 8 THEN CAST(r."day" AS varchar) ELSE 'Others' END AS "day", sum(r."orders") AS "orders"
FROM (
  SELECT g."day" AS "day", CAST(sum(g."orders") AS double) AS "orders", row_number() OVER (ORDER BY CAST(sum(g."orders") AS double) DESC, g."day") AS "_rank"
  FROM "sales" AS g
  WHERE (('__everything' IN (${customer:sqlstring})) OR (g."customer" IN (${customer:sqlstring}))) AND (('__everything' IN (${large:sqlstring})) OR (CAST(g."large" AS varchar) IN (${large:sqlstring})))
  GROUP BY g."day"
) AS r
GROUP BY CASE WHEN r."_rank" <= 8 THEN CAST(r."day" AS varchar) ELSE 'Others' END
ORDER BY min(r."_rank")
