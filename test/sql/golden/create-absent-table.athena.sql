CREATE TABLE IF NOT EXISTS `shop_bookkeeping`.`absent_orders_enriched` (
  `order_id` string,
  `line` string,
  `_sequence` string,
  `_epoch` int,
  `_reason` string,
  `_event_timestamp` timestamp,
  `_event_id` string,
  `_bronze_file` string
)
LOCATION 's3://shop-lake/bookkeeping/absent_orders_enriched/'
TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'vacuum_max_snapshot_age_seconds' = '432000')
