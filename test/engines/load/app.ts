import { App, Duration, Stack } from 'aws-cdk-lib';
import { AttributeType, Billing, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Column, GoldTable, Measure, MedallionAnalyticsPipeline, SilverTable, Source } from '../../../src';

/** One table that is written all the time, and a figure over it. */
const stack = new Stack(new App(), 'Load');
const orders = new TableV2(stack, 'Orders', {
  partitionKey: { name: 'OrderID', type: AttributeType.STRING },
  billing: Billing.onDemand(),
  dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
});
new MedallionAnalyticsPipeline(stack, 'Analytics', {
  name: 'load',
  ingestion: { batchingWindow: Duration.seconds(10) },
  tables: {
    orders: SilverTable.of(Source.dynamoDb(orders), {
      key: ['order_id'],
      columns: {
        order_id: Column.string('OrderID'),
        status: Column.string('Status'),
        amount: Column.decimal(12, 2, 'Amount'),
        written_at: Column.bigint('WrittenAt'),
      },
    }),
  },
  gold: {
    by_status: GoldTable.aggregate({
      silverTable: 'orders', groupBy: { status: 'status' }, measures: { orders: Measure.count(), revenue: Measure.sum('amount') },
    }),
  },
});
