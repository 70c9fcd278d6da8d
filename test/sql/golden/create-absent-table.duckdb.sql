CREATE TABLE IF NOT EXISTS "bookkeeping"."absent_orders_enriched" (
  "order_id" VARCHAR,
  "line" VARCHAR,
  "_sequence" VARCHAR,
  "_epoch" INTEGER,
  "_reason" VARCHAR,
  "_event_timestamp" TIMESTAMP,
  "_event_id" VARCHAR,
  "_bronze_file" VARCHAR
);
COMMENT ON TABLE "bookkeeping"."absent_orders_enriched" IS '{"partitionBy":[]}'
