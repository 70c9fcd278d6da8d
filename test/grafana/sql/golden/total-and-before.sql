SELECT p."revenue" AS "revenue"
FROM (
  SELECT 1 AS "_period", coalesce(CAST(sum(g."revenue") AS double), CAST(0 AS double)) AS "revenue"
  FROM "sales" AS g
  WHERE ((g."day" < DATE $__rawTimeFrom('yyyy-MM-dd')) AND (date_diff('day', g."day", DATE $__rawTimeFrom('yyyy-MM-dd')) <= (date_diff('day', DATE $__rawTimeFrom('yyyy-MM-dd'), DATE $__rawTimeTo('yyyy-MM-dd')) + 1))) AND (('__everything' IN (${customer:sqlstring})) OR (g."customer" IN (${customer:sqlstring}))) AND (('__everything' IN (${large:sqlstring})) OR (CAST(g."large" AS varchar) IN (${large:sqlstring})))
  UNION ALL
  SELECT 2 AS "_period", coalesce(CAST(sum(g."revenue") AS double), CAST(0 AS double)) AS "revenue"
  FROM "sales" AS g
  WHERE ($__dateFilter(g."day")) AND (('__everything' IN (${customer:sqlstring})) OR (g."customer" IN (${customer:sqlstring}))) AND (('__everything' IN (${large:sqlstring})) OR (CAST(g."large" AS varchar) IN (${large:sqlstring})))
) AS p
ORDER BY p."_period"
