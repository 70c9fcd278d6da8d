CREATE TABLE IF NOT EXISTS "gold"."daily_sales" (
  "country" VARCHAR,
  "order_day" DATE,
  "average" DOUBLE,
  "customers" BIGINT,
  "large_orders" BIGINT,
  "largest" DECIMAL(12, 2),
  "orders" BIGINT,
  "revenue" DECIMAL(38, 2),
  "computed_at" TIMESTAMP
);
COMMENT ON TABLE "gold"."daily_sales" IS '{"partitionBy":[]}'
