SELECT DISTINCT CAST(g."large" AS varchar) AS "large"
FROM "sales" AS g
WHERE g."large" IS NOT NULL
ORDER BY "large"
