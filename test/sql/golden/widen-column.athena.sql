ALTER TABLE `shop_silver`.`orders_enriched` CHANGE COLUMN `amount` `amount` decimal(18,2)
