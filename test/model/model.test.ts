import { Duration, TimeZone } from 'aws-cdk-lib';
import {
  Column, ColumnStyle, Enrichment, Expectation, GoldTable, GrafanaDashboard, GrafanaVariable, KeyMetric, Measure, Panel, PanelAggregate,
  PanelColor, PanelDrawing, PanelThreshold, PanelUnit, Partition, Refresh, SilverTable, Source, TimestampFormat, TotalBeside,
  TtlDeletes, Window,
} from '../../src';
import { sourceTable } from '../helpers/source-table';

describe('columns', () => {
  test.each<[string, Column, object]>([
    ['string', Column.string(), { kind: 'string' }],
    ['bool', Column.bool(), { kind: 'boolean' }],
    ['integer', Column.integer(), { kind: 'integer' }],
    ['bigint', Column.bigint(), { kind: 'bigint' }],
    ['doublePrecision', Column.doublePrecision(), { kind: 'double' }],
    ['decimal', Column.decimal(12, 2), { kind: 'decimal', precision: 12, scale: 2 }],
    ['date', Column.date(), { kind: 'date' }],
    ['timestamp', Column.timestamp(), { kind: 'timestamp', format: { kind: 'iso8601' } }],
    ['binary', Column.binary(), { kind: 'binary' }],
    ['json', Column.json(), { kind: 'json' }],
    ['list', Column.list(Column.set(Column.bigint())), { kind: 'list', element: { kind: 'set', element: { kind: 'bigint' } } }],
    ['map', Column.map(Column.string()), { kind: 'map', value: { kind: 'string' } }],
  ])('%s reads the attribute of its own name', (_, column, type) => {
    expect(column._render('x')).toEqual({ attribute: 'x', type });
  });

  test.each([
    Column.string('A'), Column.bool('A'), Column.integer('A'), Column.bigint('A'), Column.doublePrecision('A'), Column.decimal(1, 0, 'A'),
    Column.date('A'), Column.timestamp('A'), Column.binary('A'), Column.json('A'), Column.list(Column.string(), 'A'),
    Column.set(Column.string(), 'A'), Column.map(Column.string(), 'A'), Column.struct({}, 'A'),
  ])('or the one that is named (%#)', column => {
    expect(column._render('x').attribute).toBe('A');
  });

  test('fields of a struct read members in the same way', () => {
    const fields = { street: Column.string(), zip: Column.string('ZIP') };
    expect(Column.struct(fields)._render('address').type).toEqual({
      kind: 'struct',
      fields: {
        street: { attribute: 'street', type: { kind: 'string' } }, zip: { attribute: 'ZIP', type: { kind: 'string' } },
      },
    });
  });

  test.each([
    [TimestampFormat.epochSeconds(), { kind: 'epoch-seconds' }],
    [TimestampFormat.epochMilliseconds(), { kind: 'epoch-milliseconds' }],
    [TimestampFormat.pattern('yyyy-MM-dd'), { kind: 'pattern', pattern: 'yyyy-MM-dd', timeZone: 'Etc/UTC' }],
    [TimestampFormat.pattern('yyyy-MM-dd', TimeZone.ASIA_TOKYO), { kind: 'pattern', pattern: 'yyyy-MM-dd', timeZone: 'Asia/Tokyo' }],
  ])('a timestamp has a format (%#)', (format, expected) => {
    expect(Column.timestamp('X', format)._render('x').type).toEqual({ kind: 'timestamp', format: expected });
  });
});

describe('Silver tables', () => {
  const table = sourceTable();

  test('have defaults for all but key and columns', () => {
    expect(SilverTable.of(Source.dynamoDb(table), { key: ['id'], columns: { id: Column.string() } })._render('orders')).toEqual({
      bronzeName: 'orders',
      key: ['id'],
      columns: { id: { attribute: 'id', type: { kind: 'string' } } },
      ttlDeletes: 'remove',
      partitionBy: [],
      enrichments: [],
      expectations: {},
    });
  });

  test('say all that they are told', () => {
    const silver = SilverTable.of(Source.dynamoDb(table), {
      key: ['id'],
      columns: { id: Column.string() },
      bronzeName: 'log',
      ttlDeletes: TtlDeletes.KEEP,
      partitionBy: [
        Partition.identity('a'), Partition.year('a'), Partition.month('a'), Partition.day('a'), Partition.hour('a'), Partition.bucket('a', 4),
      ],
      enrichments: [Enrichment.join('other', { on: { id: 'key' }, columns: { name: 'n' } })],
      expectations: { a: Expectation.warn('1'), b: Expectation.drop('2'), c: Expectation.quarantine('3'), d: Expectation.fail('4') },
    });
    expect(silver._render('orders')).toMatchObject({
      bronzeName: 'log',
      ttlDeletes: 'keep',
      partitionBy: [
        ...['identity', 'year', 'month', 'day', 'hour'].map(transform => ({ transform, column: 'a' })),
        { transform: 'bucket', column: 'a', buckets: 4 },
      ],
      enrichments: [{ table: 'other', on: { id: 'key' }, columns: { name: 'n' } }],
      expectations: {
        a: { action: 'warn', predicate: '1' },
        b: { action: 'drop', predicate: '2' },
        c: { action: 'quarantine', predicate: '3' },
        d: { action: 'fail', predicate: '4' },
      },
    });
  });

  test('keep the DynamoDB table they read', () => {
    expect(SilverTable.of(Source.dynamoDb(table), { key: [], columns: {} })._sourceTable()).toBe(table);
  });
});

describe('Gold tables', () => {
  const week = Duration.days(7);

  test.each([
    [undefined, { kind: 'changed' }],
    [Refresh.changed(), { kind: 'changed' }],
    [Refresh.full(), { kind: 'full' }],
    [Refresh.delta('day', week), { kind: 'delta', column: 'day', window: week }],
  ])('are refreshed by change unless told otherwise (%#)', (refresh, expected) => {
    const options = { silverTable: 's', refresh };
    for (const table of [
      GoldTable.aggregate({ ...options, groupBy: {}, measures: {} }),
      GoldTable.snapshot({ ...options, columns: {} }),
      GoldTable.metrics({ ...options, timeColumn: 't', metrics: {} }),
    ]) expect(table._render().refresh).toEqual(expected);
  });

  test.each([
    [Measure.count(), { aggregate: 'count' }],
    [Measure.count({ where: 'a' }), { aggregate: 'count', where: 'a' }],
    [Measure.countDistinct('x'), { aggregate: 'count-distinct', column: 'x' }],
    [Measure.sum('x'), { aggregate: 'sum', column: 'x' }],
    [Measure.avg('x'), { aggregate: 'avg', column: 'x' }],
    [Measure.min('x', { where: 'a' }), { aggregate: 'min', column: 'x', where: 'a' }],
    [Measure.max('x'), { aggregate: 'max', column: 'x' }],
  ])('have measures (%#)', (measure, expected) => {
    expect(measure._render()).toStrictEqual(expected);
  });

  test.each([
    [KeyMetric.count(Window.allTime()), { aggregate: 'count', window: { kind: 'all-time' } }],
    [KeyMetric.count(Window.today(), { where: 'a' }), { aggregate: 'count', where: 'a', window: { kind: 'today' } }],
    [KeyMetric.count(Window.today(), { withPreviousPeriod: true }), { aggregate: 'count', window: { kind: 'today' }, previous: true }],
    [KeyMetric.count(Window.today(), { withPreviousPeriod: false }), { aggregate: 'count', window: { kind: 'today' } }],
    [KeyMetric.sum('x', Window.last(week)), { aggregate: 'sum', column: 'x', window: { kind: 'last', duration: week } }],
    [KeyMetric.count(Window.last(week, TimeZone.ASIA_TOKYO)),
      { aggregate: 'count', window: { kind: 'last', duration: week, timeZone: 'Asia/Tokyo' } }],
  ])('have metrics over windows (%#)', (metric, expected) => {
    expect(metric._render()).toStrictEqual(expected);
  });
});

test('dashboards refresh every five minutes unless told otherwise', () => {
  expect(GrafanaDashboard.of('T', { panels: [] })._render().refresh.toMinutes()).toBe(5);
  expect(GrafanaDashboard.of('T', { panels: [], refresh: Duration.seconds(10) })._render().refresh.toSeconds()).toBe(10);
});

test('dashboards begin with the last 30 days, and offer the choices that they are told', () => {
  expect(GrafanaDashboard.of('T', { panels: [] })._render()).toMatchObject({ range: { kind: 'last' }, variables: {} });
  const { range, variables } = GrafanaDashboard.of('T', {
    panels: [], timeRange: Window.today(), variables: { r: GrafanaVariable.column('g', 'region', { label: 'Region' }) },
  })._render();
  expect([range, variables]).toEqual([{ kind: 'today' }, { r: { goldTable: 'g', column: 'region', label: 'Region' } }]);
});

test.each<[Panel, object]>([
  [Panel.pie('T', { goldTable: 'g', value: 'v', by: 'b' }), { kind: 'pie', title: 'T', goldTable: 'g', value: 'v', by: 'b' }],
  [Panel.timeSeries('T', { goldTable: 'g', timeColumn: 't', values: ['v'], window: Window.today() }),
    { kind: 'time-series', title: 'T', goldTable: 'g', timeColumn: 't', values: ['v'], window: { kind: 'today' } }],
  [Panel.stat('T', { goldTable: 'g', metric: 'm' }), { kind: 'stat', title: 'T', goldTable: 'g', metrics: ['m'] }],
  [Panel.table('T', { goldTable: 'g', columns: ['a'] }), { kind: 'table', title: 'T', goldTable: 'g', columns: ['a'] }],
  [Panel.table('T', { goldTable: 'g', columns: ['a'], sortBy: 'a' }), { kind: 'table', title: 'T', goldTable: 'g', columns: ['a'], sortBy: 'a' }],
  [Panel.keyMetrics('T', { goldTable: 'g' }), { kind: 'stat', title: 'T', goldTable: 'g' }],
  [Panel.keyMetrics('T', { goldTable: 'g', metrics: ['m', 'n'] }), { kind: 'stat', title: 'T', goldTable: 'g', metrics: ['m', 'n'] }],
  [Panel.gauge('T', { goldTable: 'g', metric: 'm', maximum: 9 }), { kind: 'gauge', title: 'T', goldTable: 'g', metric: 'm', maximum: 9 }],
  [Panel.total('T', { goldTable: 'g', value: 'v', beside: TotalBeside.SPARKLINE, timeColumn: 't' }),
    { kind: 'total', title: 'T', goldTable: 'g', value: 'v', beside: 'sparkline', timeColumn: 't' }],
  [Panel.bar('T', { goldTable: 'g', values: ['v'], by: 'b', limit: 3, aggregate: PanelAggregate.MAX }),
    { kind: 'bar', title: 'T', goldTable: 'g', values: ['v'], by: 'b', limit: 3, aggregate: 'max' }],
  [Panel.barGauge('T', {
    goldTable: 'g', value: 'v', by: 'b', thresholds: [PanelThreshold.lowest(PanelColor.RED), PanelThreshold.above(5, PanelColor.GREEN)],
  }), { kind: 'bar-gauge', title: 'T', goldTable: 'g', value: 'v', by: 'b', thresholds: [{ color: 'red' }, { value: 5, color: 'green' }] }],
  [Panel.timeSeries('T', { goldTable: 'g', timeColumn: 't', values: ['v'], by: 'b', drawing: PanelDrawing.BARS, unit: PanelUnit.currency('€') }),
    { kind: 'time-series', title: 'T', goldTable: 'g', timeColumn: 't', values: ['v'], by: 'b', drawing: 'bars', unit: 'currency:€' }],
  [Panel.table('T', {
    goldTable: 'g',
    columns: ['a'],
    width: 12,
    height: 5,
    description: 'D',
    links: { Shop: '/shop' },
    styles: { a: ColumnStyle.of({ label: 'A', unit: PanelUnit.BYTES, decimals: 1, valueColors: { x: PanelColor.BLUE }, link: '/a' }) },
  }), {
    kind: 'table',
    title: 'T',
    goldTable: 'g',
    columns: ['a'],
    width: 12,
    height: 5,
    description: 'D',
    links: { Shop: '/shop' },
    styles: { a: { label: 'A', unit: 'bytes', decimals: 1, valueColors: { x: 'blue' }, link: '/a' } },
  }],
])('panels say what they show (%#)', (panel, expected) => {
  expect(panel._render()).toStrictEqual(expected);
});
