SELECT max(t."_event_timestamp") AS "last"
FROM "silver"."orders_enriched" AS t
WHERE t."_sequence" IS NOT NULL
UNION ALL
SELECT max(t."_event_timestamp") AS "last"
FROM "bookkeeping"."absent_orders_enriched" AS t
WHERE t."_sequence" IS NOT NULL
