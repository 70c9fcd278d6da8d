SELECT p."orders" AS "orders"
FROM (
  SELECT 1 AS "_period", coalesce(CAST(sum(g."orders") AS double), CAST(0 AS double)) AS "orders"
  FROM "hourly" AS g
  WHERE (g."hour" < $__timeFrom()) AND (date_diff('second', g."hour", $__timeFrom()) <= date_diff('second', $__timeFrom(), $__timeTo()))
  UNION ALL
  SELECT 2 AS "_period", coalesce(CAST(sum(g."orders") AS double), CAST(0 AS double)) AS "orders"
  FROM "hourly" AS g
  WHERE $__timeFilter(g."hour")
) AS p
ORDER BY p."_period"
