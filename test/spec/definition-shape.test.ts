import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  Column, Enrichment, Expectation, GoldTable, GrafanaDashboard, KeyMetric, Measure, Panel, Partition, Refresh, SilverTable, Source,
  TimestampFormat, Window, type PipelineDefinition,
} from '../../src';
import { compilePipeline } from '../../src/spec/compile-pipeline';
import { definitionShapeProblems } from '../../src/spec/definition-shape';
import { ecommerceDefinition } from '../helpers/ecommerce-definition';
import { sourceTable } from '../helpers/source-table';

/** What JavaScript, or `any`, hands over. */
const untyped = (value: unknown): never => value as never;

function problemsOf(definition: unknown): string[] {
  return definitionShapeProblems(definition).map(({ path, what, value, fix }) => `${path}: ${what} (${value}). Fix: ${fix}`);
}

function silver(changes: object): unknown {
  return { tables: { orders: SilverTable.of(Source.dynamoDb(sourceTable()), untyped({ key: ['id'], columns: { id: Column.string() }, ...changes })) } };
}

function columns(value: unknown): unknown {
  return silver({ columns: { at: value } });
}

function gold(value: unknown): unknown {
  return { ...ecommerceDefinition(), gold: { sales: value } };
}

function panel(value: unknown): unknown {
  return { ...ecommerceDefinition(), dashboards: { shop: GrafanaDashboard.of('Shop', { panels: [untyped(value)] }) } };
}

const AT = 'tables.orders.columns.at';

test.each<[string, () => unknown, string]>([
  ['a format as attribute', () => columns(Column.timestamp(untyped(TimestampFormat.epochSeconds()))),
    `${AT}: the attribute must be text (a TimestampFormat). Fix: Column.timestamp('attribute', format)`],
  ['a number as attribute', () => columns(Column.integer(untyped(5))), `${AT}: the attribute must be text (5). Fix: Column.integer('attribute')`],
  ['a bool with a number', () => columns(Column.bool(untyped(5))), `${AT}: the attribute must be text (5). Fix: Column.bool('attribute')`],
  ['text as precision', () => columns(Column.decimal(untyped('10'), 2)), `${AT}: the precision must be a number (the text '10'). Fix: Column.decimal(10, 2)`],
  ['text as format', () => columns(Column.timestamp('At', untyped('iso'))),
    `${AT}: a TimestampFormat is expected (the text 'iso'). Fix: TimestampFormat.iso8601()`],
  ['text as element', () => columns(Column.list(untyped('string'))), `${AT}: a Column is expected (the text 'string'). Fix: Column.string()`],
  ['text as field', () => columns(Column.struct({ lat: untyped('double') })), `${AT}.lat: a Column is expected (the text 'double'). Fix: Column.string()`],
  ['an undefined column', () => columns(undefined), `${AT}: a Column is expected (undefined). Fix: Column.string()`],
  ['text as column', () => columns('string'), `${AT}: a Column is expected (the text 'string'). Fix: Column.string()`],
  ['a column not called', () => columns(Column.string), `${AT}: a Column is expected (a function). Fix: call it: Column.string()`],
  ['another noun as column', () => columns(Measure.count()), `${AT}: a Column is expected (a Measure). Fix: Column.string()`],
  ['no key', () => silver({ key: undefined }), "tables.orders.key: a list is expected (undefined). Fix: key: ['order_id']"],
  ['text as key', () => silver({ key: 'id' }), "tables.orders.key: a list is expected (the text 'id'). Fix: key: ['order_id']"],
  ['an enrichment without a list', () => silver({ enrichments: Enrichment.join('c', { on: {}, columns: {} }) }),
    'tables.orders.enrichments: a list is expected (an Enrichment). Fix: enrichments: [Enrichment.join(…)]'],
  ['an enrichment without columns', () => silver({ enrichments: [Enrichment.join('c', untyped({ on: {} }))] }),
    'tables.orders.enrichments[0].columns: an object of names is expected (undefined). Fix: '
    + "Enrichment.join('customers', { on: { customer_id: 'customer_id' }, columns: { region: 'region' } })"],
  ['a misspelt join option', () => silver({ enrichments: [Enrichment.join('c', untyped({ on: {}, columns: {}, column: {} }))] }),
    "tables.orders.enrichments[0]: there is no property of that name (column). Fix: did you mean 'columns'?"],
  ['a misspelt Silver option', () => silver({ expectation: {} }),
    "tables.orders: there is no property of that name (expectation). Fix: did you mean 'expectations'?"],
  ['a predicate that is a number', () => silver({ expectations: { a: Expectation.warn(untyped(1)) } }),
    "tables.orders.expectations.a: the predicate must be text (1). Fix: Expectation.warn('total >= 0')"],
  ['text as number of buckets', () => silver({ partitionBy: [Partition.bucket('id', untyped('16'))] }),
    "tables.orders.partitionBy[0]: the number of buckets must be a number (the text '16'). Fix: Partition.bucket('column', 16)"],
  ['an unknown way of expiry', () => silver({ ttlDeletes: 'drop' }),
    "tables.orders.ttlDeletes: a TtlDeletes is expected (the text 'drop'). Fix: TtlDeletes.KEEP"],
  ['a table as source', () => ({ tables: { orders: SilverTable.of(untyped(sourceTable()), { key: ['id'], columns: {} }) } }),
    'tables.orders: a Source is expected (a Table). Fix: SilverTable.of(Source.dynamoDb(table), options)'],
  ['a name as table', () => ({ tables: { orders: SilverTable.of(Source.dynamoDb(untyped('Orders')), { key: ['id'], columns: {} }) } }),
    "tables.orders: a DynamoDB table of the CDK is expected (the text 'Orders'). Fix: Source.dynamoDb(table)"],
  ['no tables', () => ({}),
    'tables: an object of names is expected (undefined). Fix: tables: { orders: SilverTable.of(Source.dynamoDb(table), { key, columns }) }'],
  ...Object.entries({
    bucket: ['lake', "a bucket of the CDK is expected (the text 'lake'). Fix: bucket: Bucket.fromBucketName(this, 'Lake', 'name')"],
    encryptionKey: ['key', "a KMS key of the CDK is expected (the text 'key'). Fix: encryptionKey: new Key(this, 'Key')"],
    workgroup: ['team', "an Athena workgroup of the CDK is expected (the text 'team'). Fix: workgroup: CfnWorkGroup.fromWorkGroupName(this, 'Team', 'team')"],
    hashKey: ['secret', "a secret of the CDK is expected (the text 'secret'). Fix: hashKey: new Secret(this, 'HashKey')"],
    architecture: ['arm64', "an Architecture is expected (the text 'arm64'). Fix: architecture: Architecture.ARM_64"],
    logRetention: ['7', "the number of days must be a number (the text '7'). Fix: logRetention: RetentionDays.ONE_MONTH"],
    silverSchedule: [Duration.minutes(5), 'a ScheduleExpression of aws-scheduler is expected (a Duration). Fix: silverSchedule: ScheduleExpression.rate(Duration.minutes(30))'],
    goldSchedule: [Duration.hours(1), 'a ScheduleExpression of aws-scheduler is expected (a Duration). Fix: goldSchedule: ScheduleExpression.rate(Duration.hours(1))'],
    removalPolicy: [RemovalPolicy.SNAPSHOT, "buckets and databases can be retained or destroyed (the text 'snapshot'). Fix: removalPolicy: RemovalPolicy.RETAIN"],
  }).map(([name, [value, problem]]): [string, () => unknown, string] => [`${name} of another kind`, () => ({ ...ecommerceDefinition(), [name]: value }), `${name}: ${problem as string}`]),
  ['text as schedule of maintenance', () => ({ ...ecommerceDefinition(), maintenance: { schedule: 'rate(1 day)' } }),
    "maintenance.schedule: a ScheduleExpression of aws-scheduler is expected (the text 'rate(1 day)'). Fix: maintenance: { schedule: ScheduleExpression.cron({ minute: '40', hour: '3' }) }"],
  ['a misspelt property of the pipeline', () => ({ ...ecommerceDefinition(), golds: {} }),
    "golds: there is no property of that name (golds). Fix: did you mean 'gold'?"],
  ['an aggregate without measures', () => gold(GoldTable.aggregate(untyped({ silverTable: 'orders', groupBy: {} }))),
    'gold.sales.measures: an object of names is expected (undefined). Fix: measures: { order_count: Measure.count() }'],
  ['a measure as metric', () => gold(GoldTable.metrics({ silverTable: 'orders', timeColumn: 't', metrics: { m: untyped(Measure.count()) } })),
    'gold.sales.metrics.m: a KeyMetric is expected (a Measure). Fix: KeyMetric.count(Window.today())'],
  ['a metric without a window', () => gold(GoldTable.metrics({ silverTable: 'orders', timeColumn: 't', metrics: { m: KeyMetric.count(untyped(undefined)) } })),
    'gold.sales.metrics.m: a Window is expected (undefined). Fix: KeyMetric.count(Window.today())'],
  ['options instead of a column', () => gold(GoldTable.aggregate({ silverTable: 'o', groupBy: {}, measures: { m: Measure.sum(untyped({ where: 'a' })) } })),
    "gold.sales.measures.m: the column must be text (an object). Fix: Measure.sum('total_amount')"],
  ['text as duration', () => gold(GoldTable.snapshot({ silverTable: 'o', columns: {}, refresh: Refresh.delta('a', untyped('7d')) })),
    "gold.sales.refresh: a Duration is expected (the text '7d'). Fix: Refresh.delta('order_date', Duration.days(7))"],
  ['a misspelt Gold option', () => gold(GoldTable.snapshot(untyped({ silverTable: 'o', columns: {}, wher: 'a' }))),
    "gold.sales: there is no property of that name (wher). Fix: did you mean 'where'?"],
  ['one value instead of a list', () => panel(Panel.timeSeries('T', untyped({ goldTable: 'g', timeColumn: 't', values: 'v' }))),
    "dashboards.shop.panels[0].values: a list is expected (the text 'v'). Fix: list columns of the Gold table: ['order_count']"],
  ['text as zone', () => panel(Panel.pie('T', { goldTable: 'g', value: 'v', by: 'b', window: Window.last(Duration.days(1), untyped('Asia/Tokyo')) })),
    "dashboards.shop.panels[0].window: a TimeZone is expected (the text 'Asia/Tokyo'). Fix: TimeZone.of('Europe/Berlin')"],
])('%s is reported', (_, definition, problem) => {
  expect(problemsOf(definition())).toEqual([problem]);
});

test('all that is wrong is told at once, as of any other mistake', () => {
  const definition = silver({ key: 'id', colums: {}, columns: { id: Column.integer(untyped(5)) } }) as PipelineDefinition;
  expect(() => compilePipeline(new Stack(new App(), 'Shop'), definition)).toThrow('the definition of pipeline Shop has 3 problems:');
});

test('what a caller leaves out may be undefined or null', () => {
  const nothing = { bronzeName: undefined, partitionBy: null, expectations: null, other: undefined };
  expect(problemsOf({ ...(silver(nothing) as object), gold: undefined, dashboards: null, name: undefined })).toEqual([]);
});

test('the e-commerce pipeline is as it should be', () => {
  expect(problemsOf(ecommerceDefinition())).toEqual([]);
});
