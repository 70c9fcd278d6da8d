SELECT f."gold_table" AS "gold_table", f."row_count" AS "row_count", f."last_change" AS "last_change"
FROM (
  SELECT 'figures' AS "gold_table", count(*) AS "row_count", date_diff('second', TIMESTAMP '1970-01-01 00:00:00.000000', max(g."computed_at")) * 1000 AS "last_change"
  FROM "figures" AS g
  UNION ALL
  SELECT 'hourly' AS "gold_table", count(*) AS "row_count", date_diff('second', TIMESTAMP '1970-01-01 00:00:00.000000', max(g."computed_at")) * 1000 AS "last_change"
  FROM "hourly" AS g
  UNION ALL
  SELECT 'order_list' AS "gold_table", count(*) AS "row_count", date_diff('second', TIMESTAMP '1970-01-01 00:00:00.000000', max(g."computed_at")) * 1000 AS "last_change"
  FROM "order_list" AS g
  UNION ALL
  SELECT 'sales' AS "gold_table", count(*) AS "row_count", date_diff('second', TIMESTAMP '1970-01-01 00:00:00.000000', max(g."computed_at")) * 1000 AS "last_change"
  FROM "sales" AS g
) AS f
ORDER BY f."gold_table"
