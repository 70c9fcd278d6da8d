SELECT count(*) FILTER (WHERE (NOT ("_reason" LIKE 'quarantine:%')) AND ("_event_timestamp" < CAST('2026-03-28 20:00:00.000000' AS TIMESTAMP))) AS "expired", min("_event_timestamp") FILTER (WHERE (NOT ("_reason" LIKE 'quarantine:%')) AND ("_event_timestamp" >= CAST('2026-03-28 20:00:00.000000' AS TIMESTAMP))) AS "oldest"
FROM "bookkeeping"."absent_orders_enriched" AS a
