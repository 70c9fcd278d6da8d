CREATE TABLE IF NOT EXISTS `shop_bookkeeping`.`ledger_orders_enriched` (
  `_run` string,
  `order_id` string,
  `line` string,
  `customer_country` string,
  `gift` boolean,
  `order_date` timestamp
)
LOCATION 's3://shop-lake/bookkeeping/ledger_orders_enriched/'
TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'vacuum_max_snapshot_age_seconds' = '432000')
