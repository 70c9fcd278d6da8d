SELECT b."day" AS "day", b."revenue" AS "revenue"
FROM (
  SELECT a."day" AS "day", a."revenue" AS "revenue"
  FROM (
    SELECT CAST(f."day" + t."_gap" * INTERVAL '1' DAY AS date) AS "day", CASE WHEN t."_gap" = 0 THEN f."revenue" ELSE CAST(0 AS double) END AS "revenue"
    FROM (
      SELECT v."day" AS "day", v."revenue" AS "revenue", coalesce(date_diff('day', v."day", lead(v."day") OVER (ORDER BY v."day")), 1) AS "_span"
      FROM (
        SELECT g."day" AS "day", CAST(sum(g."revenue") AS double) AS "revenue"
        FROM "sales" AS g
        WHERE (g."day" IS NOT NULL) AND (('__everything' IN (${customer:sqlstring})) OR (g."customer" IN (${customer:sqlstring}))) AND (('__everything' IN (${large:sqlstring})) OR (CAST(g."large" AS varchar) IN (${large:sqlstring})))
        GROUP BY g."day"
      ) AS v
    ) AS f
    CROSS JOIN UNNEST(sequence(0, least(f."_span" - 1, 9999))) AS t("_gap")
    ORDER BY "day"
  ) AS a
  ORDER BY a."day" DESC
  LIMIT 2
) AS b
ORDER BY b."day"
