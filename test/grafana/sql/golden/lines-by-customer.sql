SELECT
  CAST(f."day" + t."_gap" * INTERVAL '1' DAY AS date) AS "day",
  f."customer" AS "customer",
  CASE WHEN t."_gap" = 0 THEN f."orders" ELSE CAST(0 AS double) END AS "orders",
  CASE WHEN t."_gap" = 0 THEN f."revenue" ELSE CAST(0 AS double) END AS "revenue"
FROM (
  SELECT
    v."day" AS "day",
    v."customer" AS "customer",
    v."orders" AS "orders",
    v."revenue" AS "revenue",
    coalesce(date_diff('day', v."day", lead(v."day") OVER (PARTITION BY v."customer" ORDER BY v."day")), date_diff('day', v."day", DATE $__rawTimeTo('yyyy-MM-dd')) + 1) AS "_span"
  FROM (
    SELECT
      g."day" AS "day",
      coalesce(g."customer", '(none)') AS "customer",
      CAST(sum(g."orders") AS double) AS "orders",
      CAST(sum(g."revenue") AS double) AS "revenue"
    FROM "sales" AS g
    WHERE ($__dateFilter(g."day")) AND (('__everything' IN (${customer:sqlstring})) OR (g."customer" IN (${customer:sqlstring}))) AND (('__everything' IN (${large:sqlstring})) OR (CAST(g."large" AS varchar) IN (${large:sqlstring})))
    GROUP BY g."day", coalesce(g."customer", '(none)')
  ) AS v
) AS f
CROSS JOIN UNNEST(sequence(0, least(f."_span" - 1, 9999))) AS t("_gap")
ORDER BY "day", "customer"
