ALTER TABLE `shop_bookkeeping`.`ledger_orders_enriched` ADD COLUMNS (
  `region` string,
  `price` decimal(10,2)
)
