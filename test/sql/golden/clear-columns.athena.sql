MERGE INTO "shop_silver"."orders_enriched" AS t
USING (
  SELECT f."order_id" AS "order_id", f."line" AS "line"
  FROM "shop_silver"."orders_enriched" AS f
  WHERE ((f."gift" IS NOT NULL) OR (f."tags" IS NOT NULL)) AND (((f."order_date" >= TIMESTAMP '2026-03-01 00:00:00.000000') AND (f."order_date" < TIMESTAMP '2026-04-01 00:00:00.000000')) OR (f."order_date" IS NULL))
) AS s
ON ((t."order_id" = s."order_id") AND (t."line" = s."line")) AND (((t."order_date" >= TIMESTAMP '2026-03-01 00:00:00.000000') AND (t."order_date" < TIMESTAMP '2026-04-01 00:00:00.000000')) OR (t."order_date" IS NULL))
WHEN MATCHED AND TRUE THEN UPDATE SET "gift" = CAST(NULL AS boolean), "tags" = CAST(NULL AS array(varchar)), "processed_at" = TIMESTAMP '2026-03-28 20:00:00.000000'
