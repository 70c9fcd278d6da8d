SELECT count(*) FILTER (WHERE (NOT ("_reason" LIKE 'quarantine:%')) AND ("_event_timestamp" < TIMESTAMP '2026-03-28 20:00:00.000000')) AS "expired", min("_event_timestamp") FILTER (WHERE (NOT ("_reason" LIKE 'quarantine:%')) AND ("_event_timestamp" >= TIMESTAMP '2026-03-28 20:00:00.000000')) AS "oldest"
FROM "shop_bookkeeping"."absent_orders_enriched" AS a
