CREATE TABLE IF NOT EXISTS `shop_gold`.`daily_sales` (
  `country` string,
  `order_day` date,
  `average` double,
  `customers` bigint,
  `large_orders` bigint,
  `largest` decimal(12,2),
  `orders` bigint,
  `revenue` decimal(38,2),
  `computed_at` timestamp
)
LOCATION 's3://shop-lake/gold/daily_sales/'
TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'vacuum_max_snapshot_age_seconds' = '432000')
