OPTIMIZE shop_silver.orders_enriched REWRITE DATA USING BIN_PACK
WHERE order_date IS NULL
