CREATE TABLE IF NOT EXISTS "bookkeeping"."ledger_orders_enriched" (
  "_run" VARCHAR,
  "order_id" VARCHAR,
  "line" VARCHAR,
  "customer_country" VARCHAR,
  "gift" BOOLEAN,
  "order_date" TIMESTAMP
);
COMMENT ON TABLE "bookkeeping"."ledger_orders_enriched" IS '{"partitionBy":[]}'
