SELECT CAST(max_by(g."customers", g."hour") AS double) AS "customers"
FROM "hourly" AS g
WHERE $__timeFilter(g."hour")
