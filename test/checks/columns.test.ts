import { App, Stack, TimeZone } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Column, Partition, TimestampFormat, Window, GoldTable, KeyMetric, type PipelineDefinition } from '../../src';
import { checkColumnTypes } from '../../src/checks/column-types';
import { checkKeys } from '../../src/checks/keys';
import { checkPartitions } from '../../src/checks/partitions';
import { checkTimeZones } from '../../src/checks/time-zones';
import { describeCheck, reported } from '../helpers/check-context';
import { ordersAlone, ordersTable } from '../helpers/definitions';
import { sourceTable } from '../helpers/source-table';

function column(declared: Column): PipelineDefinition {
  return ordersAlone({ columns: { order_id: Column.string('OrderID'), x: declared } });
}

const NUMBERS = 'string, integer, bigint, double, decimal';

describeCheck('column types', checkColumnTypes, [
  ...([[0, 0, 1], [39, 2, 38], [2.5, 0, 2], [NaN, 0, 2]] as const).map(([precision, scale, near]) => ({
    mistake: `a decimal of precision ${precision}`,
    wrong: () => column(Column.decimal(precision, scale)),
    right: () => column(Column.decimal(near, scale)),
    problems: [`tables.orders.columns.x: a decimal of that precision does not exist (${precision}, ${scale}). Fix: use a whole number from 1 to 38`],
  })),
  ...([-1, 1.5, 5] as const).map(scale => ({
    mistake: `a decimal of scale ${scale}`,
    wrong: () => column(Column.decimal(4, scale)),
    right: () => column(Column.decimal(4, 4)),
    problems: [`tables.orders.columns.x: a decimal of that scale does not exist (4, ${scale}). Fix: use a whole number from 0 to 4`],
  })),
  {
    mistake: 'a decimal deep inside',
    wrong: () => column(Column.list(Column.struct({ price: Column.map(Column.decimal(99, 2)) }))),
    right: () => column(Column.list(Column.struct({ price: Column.map(Column.decimal(9, 2)) }))),
    problems: ['tables.orders.columns.x.price: a decimal of that precision does not exist (99, 2). Fix: use a whole number from 1 to 38'],
  },
  {
    mistake: 'binary values inside a list',
    wrong: () => column(Column.list(Column.binary())),
    right: () => column(Column.binary()),
    problems: ['tables.orders.columns.x: binary values inside another value. Fix: declare the column as Column.json()'],
  },
  {
    mistake: 'a set of booleans',
    wrong: () => column(Column.set(Column.bool())),
    right: () => column(Column.set(Column.decimal(10, 2))),
    problems: [`tables.orders.columns.x: a set of boolean. Fix: DynamoDB has sets of strings and numbers: use ${NUMBERS}, or Column.json()`],
  },
  {
    mistake: 'a struct without fields',
    wrong: () => column(Column.struct({})),
    right: () => column(Column.struct({ y: Column.string() })),
    problems: ['tables.orders.columns.x: a struct without fields. Fix: name its fields, or use Column.json()'],
  },
  {
    mistake: 'an empty attribute name',
    wrong: () => column(Column.string('')),
    right: () => column(Column.string('X Y')),
    problems: ['tables.orders.columns.x: an empty attribute name. Fix: name the attribute'],
  },
]);

test('a timestamp pattern that means nothing is reported where it stands', () => {
  const pattern = (text: string): string[] => reported(checkColumnTypes, column(Column.timestamp('X', TimestampFormat.pattern(text))));
  expect(pattern('dd.MM.yyyy HH:mm')).toEqual([]);
  const [problem, ...more] = pattern('dd.MM.yy');
  expect(problem).toMatch(/^tables\.orders\.columns\.x: timestamp pattern "dd\.MM\.yy", position 7: .*Fix: write it like/);
  expect(more).toEqual([]);
});

const ZONE_FIX = "use a name such as TimeZone.EUROPE_BERLIN or TimeZone.of('Europe/Berlin')";

function zoned(zone: string): PipelineDefinition {
  return { ...column(Column.timestamp('X', TimestampFormat.pattern('yyyy-MM-dd', TimeZone.of(zone)))), timeZone: TimeZone.of(zone) };
}

describeCheck('time zones', checkTimeZones, [
  ...['Europe/Berlyn', '+02:00', "UTC'; --"].map(zone => ({
    mistake: `the zone ${zone}`,
    wrong: () => zoned(zone),
    right: () => zoned('Europe/Berlin'),
    problems: [`timeZone: no time zone (${zone}). Fix: ${ZONE_FIX}`, `tables.orders.columns.x: no time zone (${zone}). Fix: ${ZONE_FIX}`],
  })),
  {
    mistake: 'the zone of a window',
    wrong: () => ({
      ...ordersAlone(),
      gold: {
        figures: GoldTable.metrics({
          silverTable: 'orders', timeColumn: 'order_date', metrics: { m: KeyMetric.count(Window.today(TimeZone.of('Mars/Olympus'))) },
        }),
      },
    }),
    right: () => ({
      ...ordersAlone(),
      gold: {
        figures: GoldTable.metrics({
          silverTable: 'orders', timeColumn: 'order_date', metrics: { m: KeyMetric.count(Window.today(TimeZone.ASIA_TOKYO)) },
        }),
      },
    }),
    problems: [`gold.figures.metrics.m: no time zone (Mars/Olympus). Fix: ${ZONE_FIX}`],
  },
]);

const KEY_TYPES = 'declare key columns as string, integer, bigint, decimal or binary';
const NUMBER = dynamodb.AttributeType.NUMBER;

function keyed(key: Column, type: dynamodb.AttributeType): PipelineDefinition {
  const table = sourceTable('K', { partitionKey: { name: 'K', type } });
  return { tables: { orders: ordersTable({ key: ['k'], columns: { k: key } }, table) } };
}

function composite(key: string[]): PipelineDefinition {
  const columns = { customer: Column.string('PK'), line: Column.string('SK'), other: Column.string('Other') };
  return { tables: { orders: ordersTable({ key, columns }, sourceTable(['PK', 'SK'])) } };
}

describeCheck('keys', checkKeys, [
  {
    mistake: 'an empty key',
    wrong: () => ordersAlone({ key: [] }),
    right: ordersAlone,
    problems: ['tables.orders.key: no key. Fix: name the columns that hold the DynamoDB key, partition key first'],
  },
  {
    mistake: 'a key column twice',
    wrong: () => ordersAlone({ key: ['order_id', 'order_id'] }),
    right: ordersAlone,
    problems: ['tables.orders.key: no DynamoDB key (order_id, order_id). Fix: name the partition key and, where there is one, the sort key, once each'],
  },
  {
    mistake: 'a key column that is not declared',
    wrong: () => ordersAlone({ key: ['orderid'] }),
    right: ordersAlone,
    problems: ["tables.orders.key: there is no column of that name (orderid). Fix: did you mean 'order_id'?"],
  },
  {
    mistake: 'a timestamp as key',
    wrong: () => keyed(Column.timestamp('K'), dynamodb.AttributeType.STRING),
    right: () => keyed(Column.string('K'), dynamodb.AttributeType.STRING),
    problems: [`tables.orders.key: 'k' is a timestamp. Fix: ${KEY_TYPES}`],
  },
  {
    mistake: 'a column that is no key attribute',
    wrong: () => ordersAlone({ key: ['customer_id'] }),
    right: ordersAlone,
    problems: ["tables.orders.key: the DynamoDB table's key is OrderID, but the columns of `key` read CustomerID. Fix: key: ['order_id']"],
  },
  ...[['customer'], ['line', 'customer'], ['customer', 'other']].map(key => ({
    mistake: `${key.join(' and ')} for a composite key`,
    wrong: () => composite(key),
    right: () => composite(['customer', 'line']),
    problems: [`tables.orders.key: the DynamoDB table's key is PK, SK, but the columns of \`key\` read ${
      key.map(name => ({ customer: 'PK', line: 'SK', other: 'Other' })[name]).join(', ')}. Fix: key: ['customer', 'line']`],
  })),
  {
    mistake: 'a sort key that no column reads',
    wrong: () => ({ tables: { orders: ordersTable({ key: ['line'], columns: { line: Column.string('PK') } }, sourceTable(['PK', 'SK'])) } }),
    right: () => composite(['customer', 'line']),
    problems: ["tables.orders.key: the DynamoDB table's key is PK, SK, but the columns of `key` read PK. Fix: declare a column for SK, then key: ['line', 'sk']"],
  },
  {
    mistake: 'text for a number key',
    wrong: () => keyed(Column.string('K'), NUMBER),
    right: () => keyed(Column.decimal(20, 0, 'K'), NUMBER),
    problems: ["tables.orders.key: attribute K is of DynamoDB type N, but column 'k' is declared as string. Fix: declare the column as integer, bigint, decimal"],
  },
  {
    mistake: 'a number for a binary key',
    wrong: () => keyed(Column.bigint('K'), dynamodb.AttributeType.BINARY),
    right: () => keyed(Column.binary('K'), dynamodb.AttributeType.BINARY),
    problems: ["tables.orders.key: attribute K is of DynamoDB type B, but column 'k' is declared as bigint. Fix: declare the column as binary"],
  },
]);

test('the key of an imported table is taken at its word', () => {
  const attributes = { tableName: 'orders', tableStreamArn: 'arn:aws:dynamodb:eu-west-1:111111111111:table/orders/stream/1' };
  const table = dynamodb.Table.fromTableAttributes(new Stack(new App(), 'I'), 'T', attributes);
  expect(reported(checkKeys, { tables: { orders: ordersTable({ key: ['customer_id'] }, table) } })).toEqual([]);
});

test('the key of a TableV2 is read too', () => {
  const table = new dynamodb.TableV2(new Stack(new App(), 'V2'), 'T', {
    partitionKey: { name: 'OrderID', type: NUMBER },
    dynamoStream: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
    globalSecondaryIndexes: [{ indexName: 'i', partitionKey: { name: 'CustomerID', type: dynamodb.AttributeType.STRING } }],
  });
  expect(reported(checkKeys, { tables: { orders: ordersTable({}, table) } })).toEqual([
    "tables.orders.key: attribute OrderID is of DynamoDB type N, but column 'order_id' is declared as string. Fix: declare the column as integer, bigint, decimal",
  ]);
});

const TIME = 'use a date or timestamp column';

function partitioned(...partitionBy: Partition[]): PipelineDefinition {
  return ordersAlone({
    partitionBy,
    columns: {
      order_id: Column.string('OrderID'),
      at: Column.timestamp(),
      day: Column.date(),
      weight: Column.doublePrecision(),
      ok: Column.bool(),
      tags: Column.set(Column.string()),
    },
  });
}

describeCheck('partitions', checkPartitions, [
  {
    mistake: 'a partition by an unknown column',
    wrong: () => partitioned(Partition.day('at_')),
    right: () => partitioned(Partition.day('at')),
    problems: ["tables.orders.partitionBy[0]: there is no own column of that name (at_). Fix: did you mean 'at'?"],
  },
  ...(['year', 'month', 'day'] as const).map(transform => ({
    mistake: `${transform} of text`,
    wrong: () => partitioned(Partition[transform]('order_id')),
    right: () => partitioned(Partition[transform]('day')),
    problems: [`tables.orders.partitionBy[0]: ${transform} of a varchar (order_id). Fix: ${TIME}`],
  })),
  {
    mistake: 'hour of a date',
    wrong: () => partitioned(Partition.hour('day')),
    right: () => partitioned(Partition.hour('at')),
    problems: ['tables.orders.partitionBy[0]: hour of a date (day). Fix: use a timestamp column'],
  },
  ...([['tags', 'array(varchar)'], ['weight', 'double']] as const).map(([name, type]) => ({
    mistake: `identity of ${type}`,
    wrong: () => partitioned(Partition.identity(name)),
    right: () => partitioned(Partition.identity('ok')),
    problems: [`tables.orders.partitionBy[0]: identity of ${type === 'double' ? 'a' : 'an'} ${type} (${name}). Fix: use a column of another type: no double, binary, list, map or struct`],
  })),
  {
    mistake: 'bucket of a boolean',
    wrong: () => partitioned(Partition.bucket('ok', 4)),
    right: () => partitioned(Partition.bucket('order_id', 4)),
    problems: ['tables.orders.partitionBy[0]: bucket of a boolean (ok). Fix: use a string, integer, bigint, decimal, date, timestamp or binary column'],
  },
  ...[1, 81, 2.5, NaN].map(buckets => ({
    mistake: `${buckets} buckets`,
    wrong: () => partitioned(Partition.bucket('order_id', buckets)),
    right: () => partitioned(Partition.bucket('order_id', 80)),
    problems: [`tables.orders.partitionBy[0]: no number of buckets (${buckets}). Fix: use a whole number from 2 to 80`],
  })),
  {
    mistake: 'month and day of one column',
    wrong: () => partitioned(Partition.month('at'), Partition.day('at')),
    right: () => partitioned(Partition.month('at'), Partition.bucket('at', 4), Partition.day('day')),
    problems: ['tables.orders.partitionBy[1]: the column partitions the table already (at). Fix: leave the coarser or the finer one out'],
  },
]);
