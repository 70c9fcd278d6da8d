import { propsText } from '../../lambda-src/init/props-text';

test('declares a table as its items have been seen', () => {
  const text = propsText({
    tableName: 'shop-orders-prod',
    key: ['OrderID', 'Line'],
    stream: undefined,
    streamArn: undefined,
    pointInTimeRecovery: 'disabled',
    itemCount: 12345,
    items: [
      {
        OrderID: { S: '2026-01-01' },
        Line: { N: '1' },
        Total: { N: '12.5' },
        OrderedAt: { S: '2026-01-02T10:00:00Z' },
        createdAt: { N: '1790000000' },
        Ship: { M: { City: { S: 'Bonn' }, Zip: { S: '53111' } } },
        Tags: { SS: ['a'] },
        Products: { L: [{ S: 'p1' }] },
        group: { BOOL: true },
      },
      { OrderID: { S: '2026-01-02' }, Line: { N: '2' }, Total: { N: '7' }, OrderedAt: { S: '2026-01-02T11:00:00.5+01:00' }, Mixed: { S: "it's" } },
      { OrderID: { S: '2026-01-03' }, Line: { N: '3' }, Total: { N: '1200' }, OrderedAt: { S: '2026-01-02T11:00:00Z' }, Mixed: { N: '1' } },
    ],
  });

  expect(text).toBe(`import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Column, MedallionAnalyticsPipeline, SilverTable, Source, TimestampFormat } from 'cdk-medallion-analytics';

// shop-orders-prod: 12,345 items, 3 of them looked at
// It has no stream: enable one with the view type NEW_AND_OLD_IMAGES.
//   aws dynamodb update-table --table-name shop-orders-prod --stream-specification StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES
// Point-in-time recovery is off: enable it, or items older than the stream cannot be backfilled.
//   aws dynamodb update-continuous-backups --table-name shop-orders-prod --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true
const shopOrdersProd = Table.fromTableAttributes(this, 'ShopOrdersProd', {
  tableName: 'shop-orders-prod',
  // tableStreamArn: what aws dynamodb describe-table --table-name shop-orders-prod --query Table.LatestStreamArn prints then
});

new MedallionAnalyticsPipeline(this, 'Analytics', {
  tables: {
    shop_orders_prod: SilverTable.of(Source.dynamoDb(shopOrdersProd), {
      key: ['order_id', 'line'],
      columns: {
        order_id: Column.string('OrderID'),
        line: Column.bigint('Line'),
        ordered_at: Column.timestamp('OrderedAt'),
        total: Column.decimal(12, 2, 'Total'),
        mixed: Column.json('Mixed'),                                                             // in 2 of 3 items; values of several types: N, S
        products: Column.list(Column.string(), 'Products'),                                      // in 1 of 3 items
        ship: Column.struct({ city: Column.string('City'), zip: Column.string('Zip') }, 'Ship'), // in 1 of 3 items
        tags: Column.set(Column.string(), 'Tags'),                                               // in 1 of 3 items
        created_at: Column.timestamp('createdAt', TimestampFormat.epochSeconds()),               // in 1 of 3 items; taken for a time by its name and size
        group_value: Column.bool('group'),                                                       // in 1 of 3 items
      },
    }),
  },
});
`);
});

describe('the stream of a table', () => {
  const SAMPLE = { tableName: 'orders', key: ['ID'], pointInTimeRecovery: 'enabled', itemCount: 1, items: [{ ID: { S: 'a' } }] } as const;
  const streamArn = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-01-01T00:00:00.000';

  test('is written down where it carries images', () => {
    const text = propsText({ ...SAMPLE, stream: 'NEW_IMAGE', streamArn });
    expect(text).toContain(`  tableName: 'orders',\n  tableStreamArn: '${streamArn}',\n`);
    expect(text).not.toContain('aws dynamodb');
    expect(text).not.toContain('TimestampFormat');
  });

  test('is to be replaced where it carries none', () => {
    const text = propsText({ ...SAMPLE, stream: 'KEYS_ONLY', streamArn });
    expect(text).not.toContain(streamArn);
    expect(text).toContain(`// Its stream carries KEYS_ONLY only; it takes one with the view type NEW_AND_OLD_IMAGES. Other readers of the stream must follow to the new one.
//   aws dynamodb update-table --table-name orders --stream-specification StreamEnabled=false
//   aws dynamodb update-table --table-name orders --stream-specification StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES
`);
  });
});
