CREATE TABLE IF NOT EXISTS `shop_silver`.`orders_enriched` (
  `address` struct<city:string,since:date>,
  `amount` decimal(12,2),
  `attributes` map<string,bigint>,
  `customer_id` string,
  `extras` string,
  `gift` boolean,
  `line` string,
  `order_date` timestamp,
  `order_id` string,
  `page_views` bigint,
  `product_ids` array<string>,
  `quantity` int,
  `ship_date` date,
  `signature` binary,
  `sizes` array<decimal(6,1)>,
  `weight` double,
  `customer_country` string,
  `customer_name` string,
  `_event_timestamp` timestamp,
  `_sequence` string,
  `_epoch` int,
  `_errors` string,
  `processed_at` timestamp
)
PARTITIONED BY (month(order_date), bucket(4, customer_id))
LOCATION 's3://shop-lake/silver/orders_enriched/'
TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'vacuum_max_snapshot_age_seconds' = '432000')
