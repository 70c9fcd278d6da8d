import { Stack } from 'aws-cdk-lib';
import { AttributeType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { Column, Enrichment, Expectation, GoldTable, Measure, MedallionAnalyticsPipeline, SilverTable, Source } from '../../../src';

/** Mistakes as they happen: a misspelt key, a join to a table that is not there, SQL that does not parse, a column that is not there. */
export class BrokenStack extends Stack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const orders = new TableV2(this, 'Orders', {
      partitionKey: { name: 'OrderID', type: AttributeType.STRING }, dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
    });

    new MedallionAnalyticsPipeline(this, 'Analytics', {
      tables: {
        orders: SilverTable.of(Source.dynamoDb(orders), {
          key: ['ordr_id'],
          columns: { order_id: Column.string('OrderID'), customer: Column.string(), amount: Column.decimal(12, 2) },
          enrichments: [Enrichment.join('customers', { on: { customer: 'customer' }, columns: { region: 'region' } })],
          expectations: { "amount's": Expectation.quarantine("amount >= '0' AND (") },
        }),
      },
      gold: {
        sales: GoldTable.aggregate({ silverTable: 'orders', groupBy: { region: 'region' }, measures: { revenue: Measure.sum('amonut') } }),
      },
    });
  }
}
