ALTER TABLE "silver"."orders_enriched" ALTER COLUMN "amount" SET DATA TYPE DECIMAL(18, 2)
