import { App, CfnParameter, Duration, Lazy, Stack, TimeZone } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { Column, GoldTable, KeyMetric, Measure, Panel, GrafanaDashboard, Window, type PipelineDefinition } from '../../src';
import { canonicalJson } from '../../src/spec/canonical-json';
import { compilePipeline } from '../../src/spec/compile-pipeline';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { customersTable, ordersAlone, ordersPerCustomer, ordersTable, perCustomer } from '../helpers/definitions';
import { ecommerceDefinition } from '../helpers/ecommerce-definition';

const scope = new Stack(new App(), 'Shop');

function specOf(definition: PipelineDefinition): PipelineSpec {
  return compilePipeline(scope, definition).spec;
}

function silverHashOf(definition: PipelineDefinition, table = 'orders'): string {
  return specOf(definition).tables[table].definitionHash;
}

/** The same definition with the entries of every map in another order. */
function reordered(definition: PipelineDefinition, order: (names: string[]) => string[]): PipelineDefinition {
  const shuffle = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffle);
    if (typeof value !== 'object' || value === null) return value;
    if (value.constructor !== Object) {
      // The nouns hold their options as data; a CDK construct or Duration is left alone.
      const copy = Object.create(Object.getPrototypeOf(value) as object) as { [name: string]: unknown };
      for (const [name, member] of Object.entries(value)) copy[name] = name === 'source' || name === 'duration' ? member : shuffle(member);
      return copy;
    }
    return Object.fromEntries(order(Object.keys(value)).map(name => [name, shuffle((value as { [name: string]: unknown })[name])]));
  };
  return shuffle(definition) as PipelineDefinition;
}

describe('the spec of a pipeline', () => {
  test('the e-commerce pipeline compiles to this', () => {
    expect(specOf(ecommerceDefinition())).toMatchSnapshot();
  });

  test('it is JSON and nothing else', () => {
    const spec = specOf(ecommerceDefinition());
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
  });

  test('it is the same bytes whatever order the maps come in', () => {
    const expected = JSON.stringify(specOf(ecommerceDefinition()));
    fc.assert(fc.property(fc.func(fc.integer()), rank => {
      const order = (names: string[]): string[] => [...names].sort((a, b) => rank(a) - rank(b));
      expect(JSON.stringify(specOf(reordered(ecommerceDefinition(), order)))).toBe(expected);
    }), { numRuns: 10 });
  });

  test('the sources come back by Silver table', () => {
    const table = ordersTable();
    expect(compilePipeline(scope, { tables: { orders: table } }).sources).toEqual({ orders: table._sourceTable() });
  });

  test('names that every object has are names like any other', () => {
    const spec = specOf({
      tables: { constructor: ordersTable({ columns: { order_id: Column.string('OrderID'), constructor: Column.integer() } }) },
      gold: { per_value: perCustomer({ silverTable: 'constructor', groupBy: { value: 'constructor + 1' } }) },
    });
    expect(spec.gold.per_value).toMatchObject({ groupBy: { value: { type: { kind: 'integer' } } } });
  });

  test('windows are in the time zone of the pipeline unless they name one', () => {
    const metrics = { here: KeyMetric.count(Window.today()), there: KeyMetric.count(Window.today(TimeZone.ASIA_TOKYO)) };
    const gold = { figures: GoldTable.metrics({ silverTable: 'orders', timeColumn: 'order_date', metrics }) };
    expect(specOf({ ...ordersAlone(), gold, timeZone: TimeZone.EUROPE_BERLIN }).gold.figures).toMatchObject({
      metrics: { here: { window: { timeZone: 'Europe/Berlin' } }, there: { window: { timeZone: 'Asia/Tokyo' } } },
    });
  });

  test('days are days and whole hours hours, however they are said', () => {
    const metrics = {
      a: KeyMetric.count(Window.last(Duration.days(1))),
      b: KeyMetric.count(Window.last(Duration.hours(24))),
      c: KeyMetric.count(Window.last(Duration.minutes(120))),
    };
    const gold = { figures: GoldTable.metrics({ silverTable: 'orders', timeColumn: 'order_date', metrics }) };
    expect(specOf({ ...ordersAlone(), gold }).gold.figures).toMatchObject({
      metrics: {
        a: { window: { unit: 'day', count: 1 } }, b: { window: { unit: 'hour', count: 24 } }, c: { window: { unit: 'hour', count: 2 } },
      },
    });
  });

  test('sums are exact where their column is, means are doubles, least and greatest keep the type', () => {
    const columns = {
      order_id: Column.string('OrderID'),
      visits: Column.integer(),
      ticks: Column.bigint(),
      price: Column.decimal(12, 2),
      weight: Column.doublePrecision(),
      day: Column.date(),
    };
    const gold = perCustomer({
      groupBy: { day: 'day' },
      measures: {
        a: Measure.sum('visits'),
        b: Measure.sum('ticks'),
        c: Measure.sum('price'),
        d: Measure.sum('weight'),
        e: Measure.avg('price'),
        f: Measure.min('day'),
        g: Measure.max('price'),
        h: Measure.countDistinct('price'),
      },
    });
    const { measures } = specOf({ tables: { orders: ordersTable({ columns }) }, gold: { gold } }).gold.gold as never as {
      measures: { [name: string]: { type: object } };
    };
    expect(Object.values(measures).map(measure => measure.type)).toEqual([
      { kind: 'bigint' }, { kind: 'bigint' }, { kind: 'decimal', precision: 38, scale: 2 }, { kind: 'double' }, { kind: 'double' },
      { kind: 'date' }, { kind: 'decimal', precision: 12, scale: 2 }, { kind: 'bigint' },
    ]);
  });

  test.each([
    ['decimals', 'total_amount', { kind: 'decimal', precision: 38, scale: 2 }],
    ['doubles', 'weight', { kind: 'double' }],
  ])('metric values over %s have one type', (_, column, valueType) => {
    const columns = {
      order_id: Column.string('OrderID'), order_date: Column.date(), total_amount: Column.decimal(12, 2), weight: Column.doublePrecision(),
    };
    const metrics = { count: KeyMetric.count(Window.today()), sum: KeyMetric.sum(column, Window.today()) };
    const gold = { figures: GoldTable.metrics({ silverTable: 'orders', timeColumn: 'order_date', metrics }) };
    expect(specOf({ tables: { orders: ordersTable({ columns }) }, gold }).gold.figures).toMatchObject({ valueType });
  });
});

describe('the definition hash', () => {
  test('differs when a column, the key, an enrichment, an expectation or the handling of expiry does', () => {
    const variants = [
      ordersAlone(),
      ordersAlone({ columns: { order_id: Column.string('OrderID') } }),
      ordersAlone({ ttlDeletes: 'keep' as never }),
      ordersAlone({ bronzeName: 'orders_log' }),
    ];
    expect(new Set(variants.map(variant => silverHashOf(variant))).size).toBe(variants.length);
  });

  test('of Gold looks at the meaning of an expression, not at its spacing or its refresh', () => {
    const hash = (where: string): string => specOf(ordersPerCustomer({ where })).gold.per_customer.definitionHash;
    expect(hash('total_amount  >=  (0)')).toBe(hash('total_amount >= 0'));
    expect(hash('total_amount > 0')).not.toBe(hash('total_amount >= 0'));
  });

  test('of a table is untouched by changes of the tables that it joins', () => {
    const joined = (region: Column): PipelineDefinition => {
      const { tables } = ecommerceDefinition();
      const customers = customersTable({ columns: { customer_id: Column.string('CustomerID'), name: Column.string(), region } });
      return { tables: { ...tables, customers } };
    };
    const [one, other] = [joined(Column.string('Region')), joined(Column.string('Area'))];
    expect(silverHashOf(one, 'orders_enriched')).toBe(silverHashOf(other, 'orders_enriched'));
    expect(silverHashOf(one, 'customers')).not.toBe(silverHashOf(other, 'customers'));
  });
});

describe('a definition with mistakes', () => {
  test('is refused once, with every problem on a line of its own', () => {
    const definition: PipelineDefinition = {
      tables: { Orders: ordersTable({ key: ['orderid'] }) },
      gold: { sales: perCustomer({ silverTable: 'order' }) },
      dashboards: { shop: GrafanaDashboard.of('Shop', { panels: [Panel.stat('x', { goldTable: 'sale', metric: 'y' })] }) },
    };
    expect(() => compilePipeline(scope, definition)).toThrow([
      'the definition of pipeline Shop has 4 problems:',
      "tables.Orders: not a valid name (Orders). Fix: use lower-case letters, digits and _, beginning with a letter: 'orders'",
      "tables.Orders.key: there is no column of that name (orderid). Fix: did you mean 'order_id'?",
      "gold.sales.silverTable: there is no Silver table of that name (order). Fix: did you mean 'Orders'?",
      "dashboards.shop.panels[0]: there is no Gold table of that name (sale). Fix: did you mean 'sales'?",
    ].join('\n'));
  });

  test('says of values that only a deploy knows where they stand', () => {
    const parameter = new CfnParameter(scope, 'Precision', { type: 'Number' });
    const columns = { order_id: Column.string('OrderID'), total: Column.decimal(parameter.valueAsNumber, 2), x: Column.string(Lazy.string({ produce: () => 'x' })) };
    const metrics = { m: KeyMetric.count(Window.last(Duration.days(parameter.valueAsNumber))) };
    const gold = { figures: GoldTable.metrics({ silverTable: 'orders', timeColumn: 'order_date', metrics }) };
    expect(() => compilePipeline(scope, { tables: { orders: ordersTable({ columns }) }, gold })).toThrow([
      'the definition of pipeline Shop has 3 problems:',
      'tables.orders.columns.total.type.precision: the value is not known at synth. Fix: give the value itself, no token or parameter',
      'tables.orders.columns.x.attribute: the value is not known at synth. Fix: give the value itself, no token or parameter',
      'gold.figures.metrics.m.window.duration: the value is not known at synth. Fix: give the value itself, no token or parameter',
    ].join('\n'));
  });
});

describe('canonical JSON', () => {
  test('has one text for one value', () => {
    fc.assert(fc.property(fc.jsonValue(), value => {
      const json = canonicalJson(value);
      expect(canonicalJson(JSON.parse(json))).toBe(json);
      // -0 is 0 in JSON.
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
    }));
  });

  test('leaves out what is undefined', () => {
    expect(canonicalJson({ b: undefined, a: [1, { d: 1, c: 2 }] })).toBe('{"a":[1,{"c":2,"d":1}]}');
  });
});
