SELECT b."day" AS "day", b."revenue" AS "revenue"
FROM (
  SELECT g."day" AS "day", CAST(sum(g."revenue") AS double) AS "revenue"
  FROM "sales" AS g
  WHERE (g."day" IS NOT NULL) AND (('__everything' IN (${customer:sqlstring})) OR (g."customer" IN (${customer:sqlstring}))) AND (('__everything' IN (${large:sqlstring})) OR (CAST(g."large" AS varchar) IN (${large:sqlstring})))
  GROUP BY g."day"
  ORDER BY g."day" DESC
  LIMIT 2
) AS b
ORDER BY b."day"
