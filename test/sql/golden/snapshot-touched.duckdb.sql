MERGE INTO "gold"."customer_list" AS t
USING (
  WITH "keys" AS (
    SELECT DISTINCT l."customer_id" AS "customer_id"
    FROM "bookkeeping"."ledger_customers" AS l
    WHERE (l."_run" > '000000000001.0001') AND (l."_run" <= '000000000002.0001')
  ), "fresh" AS (
    SELECT v."customer_id" AS "customer_id", (v."name" || ' (' || v."country" || ')') AS "label", 'yes' AS "_present"
    FROM "silver"."customers" AS v
    WHERE v."name" IS NOT NULL
  )
  SELECT k."customer_id" AS "customer_id", f."label" AS "label", f."_present" AS "_present"
  FROM "keys" AS k
  LEFT JOIN "fresh" AS f ON f."customer_id" = k."customer_id"
) AS s
ON t."customer_id" = s."customer_id"
WHEN MATCHED AND s."_present" IS NULL THEN DELETE
WHEN MATCHED AND t."label" IS DISTINCT FROM s."label" THEN UPDATE SET "label" = s."label", "computed_at" = CAST('2026-03-28 20:00:00.000000' AS TIMESTAMP)
WHEN NOT MATCHED AND s."_present" IS NOT NULL THEN INSERT ("customer_id", "label", "computed_at") VALUES (s."customer_id", s."label", CAST('2026-03-28 20:00:00.000000' AS TIMESTAMP))
