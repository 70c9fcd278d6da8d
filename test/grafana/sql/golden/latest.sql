SELECT CAST(max_by(g."customers", g."hour") AS double) AS "customers"
FROM "hourly" AS g
WHERE g."hour" BETWEEN TIMESTAMP $__rawTimeFrom('yyyy-MM-dd HH:00:00') AND TIMESTAMP $__rawTimeTo('yyyy-MM-dd HH:00:00')
