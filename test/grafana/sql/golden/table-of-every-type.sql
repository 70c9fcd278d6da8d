SELECT
  g."order_id" AS "order_id",
  g."ordered_at" AS "ordered_at",
  g."weight" AS "weight",
  g."gift" AS "gift",
  g."signature" AS "signature",
  g."sizes" AS "sizes",
  g."attributes" AS "attributes",
  g."address" AS "address"
FROM "order_list" AS g
WHERE ($__dateFilter(g."day")) AND (('__everything' IN (${customer:sqlstring})) OR (g."customer" IN (${customer:sqlstring})))
ORDER BY g."order_id"
LIMIT 100
