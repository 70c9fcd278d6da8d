ALTER TABLE "bookkeeping"."ledger_orders_enriched" ADD COLUMN IF NOT EXISTS "region" VARCHAR;
ALTER TABLE "bookkeeping"."ledger_orders_enriched" ADD COLUMN IF NOT EXISTS "price" DECIMAL(10, 2)
