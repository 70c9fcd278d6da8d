VACUUM "silver"."orders_enriched"
