import { App, Stack } from 'aws-cdk-lib';
import { existingShop } from '../../../examples/ecommerce/generator';
import type { AttributeMap } from '../../../lambda-src/bronze/attribute-value';
import { refreshStatement } from '../../../lambda-src/gold/gold';
import { GoldTable } from '../../../lambda-src/gold/gold-table';
import { panelStatements, type PanelStatement, type ReaderView } from '../../../lambda-src/local/grafana/panel-statements';
import type { DynamoDbStreamRecord } from '../../../lambda-src/local/source/stream-record';
import { SilverTable } from '../../../lambda-src/silver/silver-table';
import { silverMerge } from '../../../lambda-src/silver/statements/silver-merge';
import type { PipelineDefinition } from '../../../src';
import { compilePipeline } from '../../../src/spec/compile-pipeline';
import type { PipelineSpec } from '../../../src/spec/pipeline-spec';
import { ecommerceDefinition } from '../../helpers/ecommerce-definition';
import { everyPanel } from '../../helpers/every-panel';
import { TwinLakes } from './twin-lakes';

const NOW = new Date('2026-03-28T20:00:00Z');
const RUN = '000000000001.0001';
const MONTH = { from: new Date('2026-03-01T07:30:00Z'), to: new Date('2026-03-28T19:59:30Z') };

interface Lake {
  readonly definition: () => PipelineDefinition;
  readonly records: (lakes: TwinLakes) => DynamoDbStreamRecord[];
  /** Values to choose, of the variables that the dashboards have. */
  readonly choices: NonNullable<ReaderView['choices']>;
}

const LAKES: { readonly [name: string]: Lake } = {
  'every kind of panel': { definition: everyPanel, records: orders, choices: { customer: ["O'Neill", '(none)'], large: ['true'] } },
  'the shop': { definition: ecommerceDefinition, records: shop, choices: { region: ['Europe'] } },
};

describe.each(Object.entries(LAKES))('%s', (_, { definition, records, choices }) => {
  const spec = compiled(definition());
  const generated = compiled({ ...definition(), dashboards: undefined });
  const views: { readonly [name: string]: ReaderView } = {
    'as first seen': { now: NOW }, 'over a month': { now: NOW, range: MONTH }, 'with values chosen': { now: NOW, range: MONTH, choices },
  };
  let lakes: TwinLakes;
  beforeAll(async () => {
    lakes = await TwinLakes.open(spec);
    await lakes.ingest(RUN, ...records(lakes));
    // Customers come before their orders by name.
    for (const name of Object.keys(spec.tables).sort()) await lakes.run(silverMerge(new SilverTable(spec, name), RUN, NOW, {}));
    for (const [name, gold] of Object.entries(spec.gold)) await lakes.run(refreshStatement(new GoldTable(spec, name, gold), { kind: 'everything' }, NOW));
  });
  afterAll(() => lakes.close());

  test.each(named(spec, views))('%s shows the same on Trino', async (_title, statements) => {
    for (const statement of statements) await expectSame(statement);
  });

  // Two answers without rows would be the same whatever was asked.
  test('every query finds something on Trino', async () => {
    for (const { title, sql } of panelStatements(spec, views['over a month'])) {
      const { onTrino: { rows } } = await lakes.shown(sql);
      expect([title, rows.flat().filter(value => value !== null).length > 0]).toEqual([title, true]);
    }
  });

  const { 'with values chosen': _none, ...unchosen } = views;
  test.each(named(generated, unchosen))('%s of the dashboard that is made from Gold shows the same on Trino', async (_title, statements) => {
    for (const statement of statements) await expectSame(statement);
  });

  async function expectSame({ sql }: PanelStatement): Promise<void> {
    const { onTrino, embedded } = await lakes.shown(sql);
    expect({ sql, ...onTrino }).toEqual({ sql, ...embedded });
  }
});

function compiled(definition: PipelineDefinition): PipelineSpec {
  return compilePipeline(new Stack(new App(), 'Shop'), definition, 'shop').spec;
}

/** Each query with its title, as the views have it. */
function named(spec: PipelineSpec, views: { readonly [name: string]: ReaderView }): [string, PanelStatement[]][] {
  const [first, ...others] = Object.values(views).map(view => panelStatements(spec, view));
  return first.map((statement, index) => [statement.title, [statement, ...others.map(statements => statements[index])]]);
}

/** Orders without an hour, a customer or an amount are among them, and customers whose names want quoting. */
function orders(lakes: TwinLakes): DynamoDbStreamRecord[] {
  const customers = ['c1', "O'Neill", 'Köhler', undefined, '(none)'];
  const stream = lakes.stream('orders');
  return Array.from({ length: 60 }, (_, i): AttributeMap => {
    const customer = customers[i % customers.length];
    const at = new Date(NOW.getTime() - i * i * 780_000 - (i % 7) * 1234);
    return {
      OrderID: { S: `o${i}` },
      ...(customer !== undefined && { CustomerID: { S: customer } }),
      ...(i % 11 !== 10 && { OrderDate: { S: at.toISOString() } }),
      ...(i % 13 !== 12 && { TotalAmount: { N: i % 17 === 16 ? '9999999999.99' : (i * 7.77 - 20).toFixed(2) } }),
      ...(i % 3 !== 2 && {
        ProductIDs: { L: [{ S: `p${i}` }, { S: "p,'2\"" }, { NULL: true }] },
        Weight: { N: String(i / 7) },
        Gift: { BOOL: i % 2 === 0 },
        Signature: { B: Buffer.from([0, 171, i]).toString('base64') },
        Sizes: { NS: ['1.5', String(i)] },
        Attributes: { M: { k: { N: '9007199254740993' } } },
        Address: { M: { City: { S: 'Köln' }, Since: { S: '2020-02-29T10:00:00.5Z' } } },
      }),
    };
  }).map(order => stream.insert(order));
}

function shop(lakes: TwinLakes): DynamoDbStreamRecord[] {
  const size = { customers: 8, products: 12, orders: 120, updates: 0, deletes: 0, seed: 1 };
  return [...existingShop(size, NOW).changes(() => undefined)].flatMap(change => (
    change.kind === 'put' ? [lakes.stream(change.table).insert(change.item)] : []));
}
