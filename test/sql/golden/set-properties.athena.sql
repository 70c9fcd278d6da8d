ALTER TABLE `shop_bookkeeping`.`absent_orders_enriched` SET TBLPROPERTIES ('vacuum_max_snapshot_age_seconds' = '86400')
