SELECT p."orders" AS "orders"
FROM (
  SELECT 1 AS "_period", coalesce(CAST(sum(g."orders") AS double), CAST(0 AS double)) AS "orders"
  FROM "hourly" AS g
  WHERE (g."hour" < TIMESTAMP $__rawTimeFrom('yyyy-MM-dd HH:00:00')) AND (date_diff('second', g."hour", TIMESTAMP $__rawTimeFrom('yyyy-MM-dd HH:00:00')) <= date_diff('second', TIMESTAMP $__rawTimeFrom('yyyy-MM-dd HH:00:00'), TIMESTAMP $__rawTimeTo('yyyy-MM-dd HH:00:00')))
  UNION ALL
  SELECT 2 AS "_period", coalesce(CAST(sum(g."orders") AS double), CAST(0 AS double)) AS "orders"
  FROM "hourly" AS g
  WHERE g."hour" BETWEEN TIMESTAMP $__rawTimeFrom('yyyy-MM-dd HH:00:00') AND TIMESTAMP $__rawTimeTo('yyyy-MM-dd HH:00:00')
) AS p
ORDER BY p."_period"
