SELECT CASE WHEN r."_rank" <= 8 THEN substr(CAST(r."hour" AS varchar), 1, 19) ELSE 'Others' END AS "hour", sum(r."orders") AS "orders"
FROM (
  SELECT g."hour" AS "hour", CAST(sum(g."orders") AS double) AS "orders", row_number() OVER (ORDER BY CAST(sum(g."orders") AS double) DESC, g."hour") AS "_rank"
  FROM "hourly" AS g
  GROUP BY g."hour"
) AS r
GROUP BY CASE WHEN r."_rank" <= 8 THEN substr(CAST(r."hour" AS varchar), 1, 19) ELSE 'Others' END
ORDER BY min(r."_rank")
