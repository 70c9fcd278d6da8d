WITH "streamed" AS (
  SELECT
    b."_event_name" AS "_event_name",
    b."_event_timestamp" AS "_event_timestamp",
    b."order_id" AS "order_id",
    b."line" AS "line",
    row_number() OVER (PARTITION BY b."order_id", b."line" ORDER BY b."_sequence" DESC, b."_epoch" DESC) AS "_rank"
  FROM (
    SELECT *, "$path" AS "_file"
    FROM "shop_bronze"."orders_runs"
    WHERE "run" = '000000000002.0001'
  ) AS b
  WHERE b."_sequence" IS NOT NULL
), "told" AS (
  SELECT DISTINCT b."order_id" AS "order_id", b."line" AS "line"
  FROM (
    SELECT *, "$path" AS "_file"
    FROM "shop_bronze"."orders_runs"
    WHERE "run" = '000000000002.0001'
  ) AS b
  WHERE (b."_sequence" IS NULL) AND ((b."_event_id" LIKE '01695353076000-06e2188f/%') OR (b."_event_id" LIKE 'read/01695353076000-06e2188f/%') OR (b."_event_id" LIKE 'missing/01695353076000-06e2188f/%'))
)
SELECT s."order_id" AS "order_id", s."line" AS "line", CAST(s."_event_timestamp" AS varchar) AS "streamed_at"
FROM "streamed" AS s
LEFT JOIN "told" AS t ON (t."order_id" = s."order_id") AND (t."line" = s."line")
WHERE (t."order_id" IS NULL) AND (s."_rank" = BIGINT '1') AND (NOT (s."_event_name" = 'REMOVE')) AND (s."_event_timestamp" >= BIGINT '1774727940000000') AND (s."_event_timestamp" < BIGINT '1774729940000000')
LIMIT 20000
