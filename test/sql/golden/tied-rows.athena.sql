WITH "told" AS (
  SELECT
    b."address" AS "address",
    b."amount" AS "amount",
    b."attributes" AS "attributes",
    b."customer_id" AS "customer_id",
    b."extras" AS "extras",
    b."gift" AS "gift",
    b."line" AS "line",
    b."order_date" AS "order_date",
    b."order_id" AS "order_id",
    b."page_views" AS "page_views",
    b."product_ids" AS "product_ids",
    b."quantity" AS "quantity",
    b."ship_date" AS "ship_date",
    b."signature" AS "signature",
    b."sizes" AS "sizes",
    b."weight" AS "weight",
    b."_event_name" AS "_event_name",
    b."_event_id" AS "_event_id",
    b."_sequence" AS "_sequence",
    b."_event_timestamp" AS "_event_timestamp",
    row_number() OVER (PARTITION BY b."order_id", b."line", b."_sequence" IS NULL ORDER BY b."_sequence" DESC, b."_event_timestamp" DESC, b."_epoch" DESC, b."_file") AS "_rank",
    row_number() OVER (PARTITION BY b."order_id", b."line", b."_sequence" IS NULL ORDER BY b."_event_timestamp" DESC, b."_sequence" DESC, b."_epoch" DESC, b."_file") AS "_time_rank"
  FROM (
    SELECT *, "$path" AS "_file"
    FROM "shop_bronze"."orders_runs"
    WHERE "run" = '000000000002.0001'
  ) AS b
)
SELECT x."_event_id" AS "event_id", CAST(x."_event_timestamp" AS varchar) AS "exported_at", CAST(s."_event_timestamp" AS varchar) AS "streamed_at"
FROM "told" AS x
JOIN "told" AS s ON (s."order_id" = x."order_id") AND (s."line" = x."line")
WHERE (x."_sequence" IS NULL) AND (s."_sequence" IS NOT NULL) AND (x."_rank" = BIGINT '1') AND (s."_rank" = BIGINT '1') AND (x."_event_id" LIKE '01695353076000-06e2188f/%') AND ((x."_event_timestamp" + BIGINT '5000000') >= s."_event_timestamp") AND (x."_event_timestamp" < (s."_event_timestamp" + BIGINT '6000000')) AND ((s."_time_rank" > BIGINT '1') OR (((x."_event_name" = 'REMOVE') IS DISTINCT FROM (s."_event_name" = 'REMOVE')) OR (x."address" IS DISTINCT FROM s."address") OR (x."amount" IS DISTINCT FROM s."amount") OR (x."attributes" IS DISTINCT FROM s."attributes") OR (x."customer_id" IS DISTINCT FROM s."customer_id") OR (x."extras" IS DISTINCT FROM s."extras") OR (x."gift" IS DISTINCT FROM s."gift") OR (x."order_date" IS DISTINCT FROM s."order_date") OR (x."page_views" IS DISTINCT FROM s."page_views") OR (x."product_ids" IS DISTINCT FROM s."product_ids") OR (x."quantity" IS DISTINCT FROM s."quantity") OR (x."ship_date" IS DISTINCT FROM s."ship_date") OR (x."signature" IS DISTINCT FROM s."signature") OR (x."sizes" IS DISTINCT FROM s."sizes") OR (x."weight" IS DISTINCT FROM s."weight")))
LIMIT 20000
