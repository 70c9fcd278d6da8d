SELECT DISTINCT g."customer" AS "customer"
FROM "sales" AS g
WHERE g."customer" IS NOT NULL
ORDER BY "customer"
