import { Bronze } from '../../lambda-src/bronze/bronze';
import { QueryFailedError } from '../../lambda-src/ports/query-engine';
import { SchemaRefusedError } from '../../lambda-src/schema/schema';
import { VARCHAR, decimal } from '../../src/expression/sql-type';
import type { ColumnSpec, ColumnType } from '../../src/spec/column-type';
import type { Named, PipelineSpec, SilverTableSpec } from '../../src/spec/pipeline-spec';
import { CONTROL_KEY } from '../../src/spec/storage-layout';
import { interrupted, once } from '../helpers/interrupted';
import { LocalLake } from '../helpers/local-lake';
import { customer, expectation, expression, order, shopSpec } from '../helpers/shop-spec';
import { SlowStatement } from '../helpers/slow-statement';

const COLUMNS = shopSpec().tables.orders.columns;
const NOTE: ColumnSpec = { attribute: 'Note', type: { kind: 'string' } };

/** The shop with other orders, under a hash that says so. */
function orders(hash: string, changes: Partial<SilverTableSpec>): PipelineSpec {
  return shopSpec({ orders: { definitionHash: hash, ...changes } });
}

function amountAs(type: ColumnType): Named<ColumnSpec> {
  return { ...COLUMNS, amount: { attribute: 'Amount', type } };
}

function noted(id: string, customerId: string, amount: string, note: string) {
  return { ...order(id, customerId, amount), Note: { S: note } };
}

describe('a changed definition', () => {
  let lake: LocalLake;
  beforeEach(async () => {
    lake = await LocalLake.open(shopSpec());
    await lake.ingest(lake.stream('customers').insert(customer('c1', 'north')));
    await lake.ingest(lake.stream('orders').insert(noted('o1', 'c1', '5', 'first')), lake.stream('orders').insert(noted('o2', 'c1', '-7', 'second')));
    await lake.silver();
    await lake.gold();
  });
  afterEach(() => lake.close());

  /** Silver opens the rebuild, it is done, and Silver takes what it wrote. */
  async function rebuilt(): Promise<void> {
    await lake.silver();
    await lake.rebuild();
    const { tables: { orders: report } } = await lake.silver();
    expect(report.rebuild?.state).toBe('complete');
    await lake.gold();
  }

  const rows = (columns: string) => lake.rows(`SELECT ${columns} FROM silver.orders ORDER BY order_id`);

  test('walks create, add, rebuild, widen, refuse and roll back', async () => {
    const added = orders('added', { columns: { ...COLUMNS, note: NOTE } });
    expect(await lake.redeploy(added)).toMatchObject({ created: [], extended: ['silver.orders'], redefined: ['orders'] });
    await rebuilt();
    expect(await rows('order_id, note, _epoch')).toEqual([
      { order_id: 'o1', note: 'first', _epoch: '2' }, { order_id: 'o2', note: 'second', _epoch: '2' },
    ]);

    const widened = orders('widened', { columns: { ...amountAs({ kind: 'decimal', precision: 18, scale: 2 }), note: NOTE } });
    expect((await lake.redeploy(widened)).widened).toEqual(['silver.orders.amount']);
    await lake.ingest(lake.stream('orders').insert(noted('o3', 'c1', '1234567890123456.78', 'third')));
    await rebuilt();
    expect(await rows('amount, _epoch')).toEqual([
      { amount: '5.00', _epoch: '3' }, { amount: '-7.00', _epoch: '3' }, { amount: '1234567890123456.78', _epoch: '3' },
    ]);

    const before = await lake.rows("SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE schema_name <> 'main' ORDER BY ALL");
    const refused = orders('refused', { columns: { ...amountAs({ kind: 'double' }), note: NOTE, more: { attribute: 'More', type: { kind: 'string' } } } });
    await expect(lake.redeploy(refused)).rejects.toThrow(
      'silver.orders.amount is decimal(18,2) and would become double. Fix: declare it under another column name; the column that is there stays, empty');
    expect(await lake.rows("SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE schema_name <> 'main' ORDER BY ALL")).toEqual(before);

    await lake.redeploy(added);
    await rebuilt();
    expect(await rows('note, amount, _epoch, _errors IS NOT NULL AS misfit')).toEqual([
      { note: 'first', amount: '5.00', _epoch: '4', misfit: 'false' }, { note: 'second', amount: '-7.00', _epoch: '4', misfit: 'false' },
      { note: 'third', amount: null, _epoch: '4', misfit: 'true' },
    ]);
    expect(await lake.rows('SELECT region, orders, revenue FROM gold.sales')).toEqual([{ region: 'north', orders: '3', revenue: '-2.00' }]);
  });

  test('serves the old rows until the new ones are there, while changes go on', async () => {
    await lake.redeploy(orders('added', { columns: { ...COLUMNS, note: NOTE } }));
    await lake.silver();
    expect(await rows('order_id, note, amount')).toEqual([
      { order_id: 'o1', note: null, amount: '5.00' }, { order_id: 'o2', note: null, amount: '-7.00' },
    ]);
    await lake.ingest(lake.stream('orders').insert(noted('o3', 'c1', '1', 'new')));
    await lake.silver();
    expect(await rows('note')).toEqual([{ note: null }, { note: null }, { note: 'new' }]);
  });

  test('empties a column that is declared no more and leaves it there', async () => {
    const { customer_id, ...others } = COLUMNS;
    await lake.redeploy({ ...orders('less', { columns: others, enrichments: [] }), gold: {} });
    await lake.silver();
    expect(await rows('customer_id, customer_region, amount')).toEqual([
      { customer_id: null, customer_region: null, amount: '5.00' }, { customer_id: null, customer_region: null, amount: '-7.00' },
    ]);
    await lake.redeploy(orders('more again', { columns: { ...others, customer_id } }));
    await rebuilt();
    expect(await rows('customer_id, customer_region')).toEqual([
      { customer_id: 'c1', customer_region: 'north' }, { customer_id: 'c1', customer_region: 'north' },
    ]);
  });

  test('applies new rules to old changes, and takes back what former ones did', async () => {
    await lake.redeploy(orders('strict', { expectations: { positive: expectation('quarantine', 'amount > 0') } }));
    await rebuilt();
    expect(await rows('order_id')).toEqual([{ order_id: 'o1' }]);
    expect(await lake.rows('SELECT order_id FROM silver.orders_quarantine')).toEqual([{ order_id: 'o2' }]);
    await lake.redeploy(orders('lenient', {}));
    await rebuilt();
    expect(await rows('order_id')).toEqual([{ order_id: 'o1' }, { order_id: 'o2' }]);
  });

  test('that removes what expires takes out what had been kept', async () => {
    const kept = orders('kept', { ttlDeletes: 'keep' });
    await lake.redeploy(kept);
    await rebuilt();
    await lake.ingest(lake.stream('orders').expire(noted('o1', 'c1', '5', 'first')));
    await lake.silver();
    expect(await rows('order_id')).toEqual([{ order_id: 'o1' }, { order_id: 'o2' }]);
    await lake.redeploy(orders('removed', { ttlDeletes: 'remove' }));
    await rebuilt();
    expect(await rows('order_id')).toEqual([{ order_id: 'o2' }]);
  });

  test('that keeps what expires does so from then on, and leaves away what had expired before', async () => {
    await lake.ingest(lake.stream('orders').expire(noted('o1', 'c1', '5', 'first')));
    await lake.silver();
    await lake.redeploy(orders('kept', { ttlDeletes: 'keep' }));
    await rebuilt();
    await lake.ingest(lake.stream('orders').expire(noted('o2', 'c1', '-7', 'second')));
    await lake.silver();
    expect(await rows('order_id')).toEqual([{ order_id: 'o2' }]);
  });

  test('of a dimension reaches the facts that are enriched from it, and Gold', async () => {
    const spec = shopSpec();
    const customers = { ...spec.tables.customers, definitionHash: 'areas', columns: { ...spec.tables.customers.columns, region: { attribute: 'Area', type: { kind: 'string' as const } } } };
    await lake.ingest(lake.stream('customers').modify(customer('c1', 'north'), { ...customer('c1', 'north'), Area: { S: 'A7' } }));
    await lake.silver();
    await lake.redeploy({ ...spec, tables: { ...spec.tables, customers } });
    await lake.silver();
    await lake.rebuild();
    await lake.silver();
    await lake.gold();
    expect(await rows('customer_region')).toEqual([{ customer_region: 'A7' }, { customer_region: 'A7' }]);
    expect(await lake.rows('SELECT region, orders FROM gold.sales')).toEqual([{ region: 'A7', orders: '2' }]);
  });

  test('catches a batch that an older function writes after all else is done', async () => {
    const old = lake.spec;
    await lake.redeploy(orders('added', { columns: { ...COLUMNS, note: NOTE } }));
    await rebuilt();
    await new Bronze({ ...lake.dependencies(), spec: old }).ingest({ Records: [lake.stream('orders').insert(noted('o3', 'c1', '1', 'late'))] });
    expect((await lake.silver()).tables.orders.rebuild?.state).toBe('encoding');
    expect(await rows('note')).toContainEqual({ note: null });
    await lake.rebuild();
    expect((await lake.silver()).tables.orders.rebuild?.state).toBe('complete');
    expect(await rows('note')).toEqual([{ note: 'first' }, { note: 'second' }, { note: 'late' }]);
  });

  test('that comes while an older run is under way ends it before it takes a file of the new one', async () => {
    const [old, added] = [lake.spec, orders('added', { columns: { ...COLUMNS, note: NOTE } })];
    await lake.ingest(lake.stream('orders').insert(noted('o3', 'c1', '1', 'third')));
    const deployed = once(2, (method, prefix) => method === 'list' && String(prefix).startsWith('bronze/orders/'), async () => {
      await lake.redeploy(added);
      await lake.ingest(lake.stream('orders').insert(noted('o4', 'c1', '2', 'fourth')));
    });
    const chunkLimits = { files: 1, bytes: 1e9 };
    const { tables } = await lake.silver({ spec: old, store: interrupted(lake.store, deployed), chunkLimits });
    expect(tables.orders).toMatchObject({ state: 'overtaken', runs: 1, files: 1, error: expect.stringMatching(/^OvertakenError/) });
    await rebuilt();
    expect(await rows('note, _epoch')).toEqual(['first', 'second', 'third', 'fourth'].map(note => ({ note, _epoch: '2' })));
  });

  test('overtakes an older run whose statement fails on it, which is no failure; a statement that fails without a deploy is one', async () => {
    const [old, added] = [lake.spec, orders('added', { columns: { ...COLUMNS, note: NOTE } })];
    await lake.ingest(lake.stream('orders').insert(noted('o3', 'c1', '1', 'third')));
    const gone = (beneath: () => Promise<unknown>) => interrupted(lake.engine, once(1, method => method === 'query', async () => {
      await beneath();
      throw new QueryFailedError({ kind: 'engine', message: 'COLUMN_NOT_FOUND' }, 'read');
    }));
    const { tables } = await lake.silver({ spec: old, engine: gone(() => lake.redeploy(added)) });
    expect(tables.orders).toMatchObject({ state: 'overtaken', runs: 0, error: expect.stringContaining('COLUMN_NOT_FOUND') });
    await rebuilt();
    expect(await rows('note')).toEqual(['first', 'second', 'third'].map(note => ({ note })));
    await lake.ingest(lake.stream('orders').insert(noted('o4', 'c1', '1', 'fourth')));
    await expect(lake.silver({ engine: gone(async () => undefined) })).rejects.toThrow(/orders: .*COLUMN_NOT_FOUND/);
  });

  test('that a newer run has begun with is not given up for one that a slow older function has read before', async () => {
    await lake.redeploy(orders('second', { columns: { ...COLUMNS, note: NOTE } }));
    const [old, third] = [lake.spec, orders('third', { columns: { ...COLUMNS, note: NOTE, remark: NOTE } })];
    // It has looked at the deploy; before it has the journal, another deploy and a run under it are over.
    const overtaken = once(1, (method, key) => method === 'get' && key === CONTROL_KEY, async () => {
      await lake.redeploy(third);
      await lake.silver();
    });
    const { tables } = await lake.silver({ spec: old, store: interrupted(lake.store, overtaken) });
    await lake.rebuild();
    await lake.silver();
    expect(await rows('remark')).toEqual([{ remark: 'first' }, { remark: 'second' }]);
    expect(tables.orders).toMatchObject({ state: 'overtaken', error: expect.stringContaining('OvertakenError') });
  });

  test('reads the log only once for each definition: what was encoded again is not encoded again as well', async () => {
    await lake.redeploy(orders('second', { columns: { ...COLUMNS, note: NOTE } }));
    await lake.silver();
    expect((await lake.rebuild()).tables.orders).toEqual({ state: 'encoded', files: 1, changes: 2, skipped: 0 });
    await lake.silver();
    await lake.redeploy(orders('third', {}));
    await lake.silver();
    expect((await lake.rebuild()).tables.orders).toEqual({ state: 'encoded', files: 2, changes: 2, skipped: 0 });
  });

  test('says which rows stay, since Bronze does not have them any more', async () => {
    for await (const { key } of lake.store.list('bronze/orders/')) await lake.store.delete(key);
    await lake.redeploy(orders('added', { columns: { ...COLUMNS, note: NOTE } }));
    await lake.silver();
    await lake.rebuild();
    expect((await lake.silver()).tables.orders.rebuild).toMatchObject({ state: 'complete', rowsLeft: 2 });
    expect(await rows('note, amount')).toEqual([{ note: null, amount: '5.00' }, { note: null, amount: '-7.00' }]);
  });

  test('under a new name, a table is built again from the same change log', async () => {
    const spec = shopSpec();
    const { orders: former, ...others } = spec.tables;
    const renamed = { ...former, definitionHash: 'renamed', bronzeName: 'orders', partitionBy: [{ transform: 'day' as const, column: 'order_date' }] };
    await lake.redeploy({ ...spec, tables: { ...others, orders_by_day: renamed }, gold: {} });
    await lake.silver();
    await lake.rebuild();
    await lake.silver();
    expect(await lake.rows('SELECT order_id, _epoch FROM silver.orders_by_day ORDER BY 1')).toEqual([
      { order_id: 'o1', _epoch: '2' }, { order_id: 'o2', _epoch: '2' },
    ]);
  });
});

describe('a Gold table', () => {
  let lake: LocalLake;
  beforeEach(async () => {
    lake = await LocalLake.open(shopSpec());
    await lake.ingest(lake.stream('orders').insert(order('o1', 'c1', '5')), lake.stream('orders').insert(order('o2', 'c2', '7', '2026-03-27T00:00:00Z')));
    await lake.silver();
    await lake.gold();
  });
  afterEach(() => lake.close());

  const { groupBy, measures } = shopSpec().gold.sales as Extract<PipelineSpec['gold'][string], { kind: 'aggregate' }>;

  test('gains figures and groups, and is computed in full', async () => {
    const sales = {
      definitionHash: 'sales 2',
      groupBy: { ...groupBy, customer: expression('customer_id', VARCHAR) },
      measures: { ...measures, largest: { aggregate: 'max' as const, column: 'amount', type: decimal(12, 2) } },
    };
    expect((await lake.redeploy(shopSpec({ sales }))).extended).toEqual(['bookkeeping.ledger_orders', 'gold.sales']);
    await lake.gold();
    expect(await lake.rows('SELECT day, customer, orders, largest FROM gold.sales ORDER BY 1')).toEqual([
      { day: '2026-03-27', customer: 'c2', orders: '1', largest: '7.00' }, { day: '2026-03-28', customer: 'c1', orders: '1', largest: '5.00' },
    ]);
  });

  test('loses groups and figures: their columns stay, empty, and no row counts twice', async () => {
    const { region } = groupBy;
    const { revenue } = measures;
    await lake.redeploy(shopSpec({ sales: { definitionHash: 'sales 2', groupBy: { region }, measures: { revenue } } }));
    await lake.gold();
    expect(await lake.rows('SELECT day, region, orders, revenue FROM gold.sales')).toEqual([{ day: null, region: null, orders: null, revenue: '12.00' }]);
    await lake.ingest(lake.stream('orders').insert(order('o3', 'c1', '1')));
    await lake.silver();
    await lake.gold();
    expect(await lake.rows('SELECT day, region, orders, revenue FROM gold.sales')).toEqual([{ day: null, region: null, orders: null, revenue: '13.00' }]);
  });

  describe('with a further group', () => {
    const byCustomer = shopSpec({ sales: { definitionHash: 'sales 2', groupBy: { ...groupBy, customer: expression('customer_id', VARCHAR) } } });
    const sales = () => lake.rows('SELECT customer, orders, revenue FROM gold.sales ORDER BY customer, revenue');
    let old: PipelineSpec;
    beforeEach(() => {
      old = lake.spec;
    });

    test('is right after runs of a Silver function that knows nothing of it yet', async () => {
      await lake.redeploy(byCustomer);
      await lake.gold();
      await lake.ingest(lake.stream('orders').modify(order('o1', 'c1', '5'), order('o1', 'c1', '9')));
      await lake.silver({ spec: old });
      await lake.gold();
      expect((await lake.silver()).tables.orders).toMatchObject({ state: 'committed', runs: 0 });
      await lake.gold();
      expect(await sales()).toEqual([{ customer: 'c1', orders: '1', revenue: '9.00' }, { customer: 'c2', orders: '1', revenue: '7.00' }]);
      expect((await lake.silver()).tables.orders.state).toBe('idle');
    });

    test('is right after a MERGE of the former deploy that ends when it has been computed', async () => {
      await lake.ingest(lake.stream('orders').modify(order('o1', 'c1', '5'), order('o1', 'c2', '5')));
      const slow = new SlowStatement(lake.engine, ({ context }) => context.target === 'silver.orders');
      const { engine } = slow;
      expect((await lake.silver({ engine, timeLeft: () => slow.isRunning ? 0 : Infinity })).tables.orders.state).toBe('parked');
      await lake.redeploy(byCustomer);
      await lake.gold({ engine });
      expect(await sales()).toContainEqual({ customer: 'c1', orders: '1', revenue: '5.00' });
      await slow.finish();
      await lake.silver({ engine });
      await lake.gold({ engine });
      expect(await sales()).toEqual([{ customer: 'c2', orders: '1', revenue: '5.00' }, { customer: 'c2', orders: '1', revenue: '7.00' }]);
    });
  });

  test('that would change a type is refused, with the fix', async () => {
    const refused = shopSpec({ sales: { definitionHash: 'sales 2', measures: { ...measures, orders: { aggregate: 'max', column: 'customer_id', type: VARCHAR } } } });
    await expect(lake.redeploy(refused)).rejects.toThrow(SchemaRefusedError);
    await expect(lake.redeploy(refused)).rejects.toThrow('gold.sales.orders is bigint and would become varchar. Fix: give the table a new name');
  });
});
