import { Stack } from 'aws-cdk-lib';
import { AttributeType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { Column, Enrichment, Expectation, GoldTable, Measure, MedallionAnalyticsPipeline, SilverTable, Source } from '../../../src';

/** The README's pipeline, and whom its alarms tell: what docs/languages.md has in the other languages. */
export class ShopStack extends Stack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const customers = new TableV2(this, 'Customers', {
      partitionKey: { name: 'id', type: AttributeType.STRING }, dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
    });
    const orders = new TableV2(this, 'Orders', {
      partitionKey: { name: 'id', type: AttributeType.STRING }, dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
    });

    new MedallionAnalyticsPipeline(this, 'Analytics', {
      tables: {
        customers: SilverTable.of(Source.dynamoDb(customers), { key: ['id'], columns: { id: Column.string(), region: Column.string() } }),
        orders: SilverTable.of(Source.dynamoDb(orders), {
          key: ['id'],
          columns: { id: Column.string(), customer: Column.string(), day: Column.date('OrderDate'), amount: Column.decimal(12, 2) },
          enrichments: [Enrichment.join('customers', { on: { customer: 'id' }, columns: { region: 'region' } })],
          expectations: { amount_not_negative: Expectation.quarantine('amount >= 0') },
        }),
      },
      gold: {
        daily_sales: GoldTable.aggregate({
          silverTable: 'orders', groupBy: { day: 'day', region: 'region' }, measures: { orders: Measure.count(), revenue: Measure.sum('amount') },
        }),
      },
      monitoring: { alarmTopic: new Topic(this, 'Alarms') },
    });
  }
}
