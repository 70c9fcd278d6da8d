import { SilverTable } from '../../../lambda-src/silver/silver-table';
import { absentMerge } from '../../../lambda-src/silver/statements/absent-merge';
import { decodeProbe } from '../../../lambda-src/silver/statements/decode-probe';
import { inspection, inspectionOf } from '../../../lambda-src/silver/statements/inspection';
import { ledgerInsert } from '../../../lambda-src/silver/statements/ledger-insert';
import { movesOf, moveProbe, partitionsOf, staleProbe } from '../../../lambda-src/silver/statements/probes';
import { reEnrichment } from '../../../lambda-src/silver/statements/re-enrichment';
import { silverMerge } from '../../../lambda-src/silver/statements/silver-merge';
import type { PipelineSpec } from '../../../src/spec/pipeline-spec';
import { everyTypeShop } from '../../sql/every-type-shop';
import { StatementLab, type Values } from '../../sql/statement-lab';
import { NOW, orders } from '../../sql/statements';

const RUN = '000000000002.0001';
const MARCH = '1774720000000000'; // 2026-03-28 17:46:40
const APRIL = '1775600000000000'; // 2026-04-07 22:13:20
const IN_MARCH = '2026-03-28 17:46:40';

let spec: PipelineSpec;
let lab: StatementLab;
beforeAll(() => { spec = everyTypeShop(); });
beforeEach(async () => { lab = await StatementLab.open(spec); });
afterEach(() => lab.close());

const table = () => orders(spec);
const order = (id: string, sequence: string, values: Values = {}): Values => ({ order_id: id, line: '1', order_date: MARCH, amount: '10', _sequence: sequence, ...values });
const row = (id: string, sequence: string, values: Values = {}): Values => ({ order_id: id, line: '1', order_date: IN_MARCH, amount: '1', _sequence: sequence, _epoch: '1', ...values });
const stored = () => lab.rows('SELECT order_id, amount, _sequence FROM silver.orders_enriched ORDER BY order_id');

describe('the Silver MERGE', () => {
  test('brings a value of every type into the table as it was said', async () => {
    await lab.insert('silver.customers', { customer_id: 'c1', name: "O'Neill", country: 'Éire' });
    await lab.bronze('orders', RUN, order('o1', '5', {
      customer_id: 'c1',
      ship_date: '2026-03-29',
      quantity: '3',
      page_views: '9007199254740993',
      weight: '0.5',
      gift: 'true',
      signature: '\\xAB',
      extras: '{"a":"1"}',
      product_ids: '["p1","p,2"]',
      sizes: '["1.5","2"]',
      attributes: '{"k":"9007199254740993"}',
      address: '{"city":"Köln","since":"2020-02-29"}',
    }));
    await lab.run(silverMerge(table(), RUN, NOW, {}));
    expect(await lab.rows('SELECT * FROM silver.orders_enriched')).toEqual([{
      order_id: 'o1',
      line: '1',
      customer_id: 'c1',
      order_date: '2026-03-28 17:46:40.000000',
      ship_date: '2026-03-29',
      amount: '10.00',
      quantity: '3',
      page_views: '9007199254740993',
      weight: '0.5',
      gift: 'true',
      signature: 'ab',
      extras: '{"a":"1"}',
      product_ids: expect.stringContaining('p,2') as string,
      sizes: expect.stringContaining('1.5') as string,
      attributes: expect.stringContaining('9007199254740993') as string,
      address: expect.stringContaining('2020-02-29') as string,
      customer_name: "O'Neill",
      customer_country: 'Éire',
      _event_timestamp: '2026-03-28 17:46:40.000000',
      _sequence: '5',
      _epoch: '1',
      _errors: null,
      processed_at: '2026-03-28 20:00:00.000000',
    }]);
  });

  test('takes the latest change of a key, and none that is not newer than the row', async () => {
    await lab.insert('silver.orders_enriched', row('old', '4'), row('new', '6'), row('same', '5'), row('repaired', '5'));
    await lab.bronze('orders', RUN, order('old', '5'), order('new', '5'), order('same', '5'), order('repaired', '5', { _epoch: '2' }), order('twice', '7', { amount: '2' }), order('twice', '6', { amount: '3' }));
    await lab.run(silverMerge(table(), RUN, NOW, {}));
    expect((await stored()).map(({ order_id: id, amount }) => `${id} ${amount}`)).toEqual(['new 1.00', 'old 10.00', 'repaired 10.00', 'same 1.00', 'twice 2.00']);
  });

  test('deletes what left the source or breaks a rule, unless the row is newer', async () => {
    await lab.insert('silver.orders_enriched', row('gone', '4'), row('newer', '6'), row('negative', '4'), row('few', '4'));
    await lab.bronze('orders', RUN,
      order('gone', '5', { _event_name: 'REMOVE' }), order('newer', '5', { _event_name: 'REMOVE' }), order('negative', '5', { amount: '-1' }), order('few', '5', { quantity: '0' }));
    await lab.run(silverMerge(table(), RUN, NOW, {}));
    expect((await stored()).map(({ order_id: id }) => id)).toEqual(['newer']);
  });

  test('leaves a key out that a greater entry of the absent table holds back', async () => {
    await lab.insert('bookkeeping.absent_orders_enriched', ...['6', '5', '4'].map(sequence => ({ order_id: `o${sequence}`, line: '1', _sequence: sequence, _epoch: '1' })));
    await lab.bronze('orders', RUN, order('o6', '5'), order('o5', '5'), order('o4', '5'));
    await lab.run(silverMerge(table(), RUN, NOW, {}));
    expect((await stored()).map(({ order_id: id }) => id)).toEqual(['o4', 'o5']);
  });

  test('does only the moves of its scope, and the other scope does the rest', async () => {
    await lab.insert('silver.orders_enriched', row('stays', '4'), row('moves', '4'), row('gone', '4'));
    await lab.bronze('orders', RUN, order('stays', '5'), order('moves', '5', { order_date: APRIL }), order('gone', '5', { _event_name: 'REMOVE' }), order('nowhere', '5', { order_date: null }));
    const { moves } = movesOf(table(), await lab.query(moveProbe(table(), RUN)));
    const march = ['2026-03-01 00:00:00.000000'];
    expect(moves).toHaveLength(4);
    expect(moves).toEqual(expect.arrayContaining([
      { from: march, to: march }, { from: march, to: ['2026-04-01 00:00:00.000000'] }, { from: march, to: undefined }, { from: undefined, to: [null] },
    ]));
    await lab.run(silverMerge(table(), RUN, NOW, { moves: moves.filter(({ to }) => to === undefined), prune: [march] }));
    expect((await stored()).map(({ order_id: id, _sequence }) => `${id} ${_sequence}`)).toEqual(['moves 4', 'stays 4']);
    await lab.run(silverMerge(table(), RUN, NOW, { moves: moves.filter(({ to }) => to !== undefined), prune: [march] }));
    expect((await stored()).map(({ order_id: id, _sequence }) => `${id} ${_sequence}`)).toEqual(['moves 5', 'nowhere 5', 'stays 5']);
  });
});

describe('the absent table', () => {
  test('notes why a key left, replaces an older entry and keeps a newer one', async () => {
    const entry = (id: string, sequence: string): Values => ({ order_id: id, line: '1', _sequence: sequence, _epoch: '1', _reason: 'before' });
    await lab.insert('bookkeeping.absent_orders_enriched', entry('older', '4'), entry('newer', '6'));
    await lab.bronze('orders', RUN, order('older', '5', { _event_name: 'REMOVE' }), order('newer', '5', { _event_name: 'REMOVE' }), order('held', '5', { amount: '-1' }), order('fine', '5'), order('few', '5', { quantity: '-1' }));
    await lab.run(absentMerge(table(), RUN));
    expect((await lab.rows('SELECT order_id, _reason, _event_id FROM bookkeeping.absent_orders_enriched ORDER BY 1')).map(({ order_id: id, _reason: reason, _event_id: event }) => [id, reason, event])).toEqual([
      ['few', 'drop:quantity_positive', 'e5'], ['held', 'quarantine:amount_not_negative', 'e5'], ['newer', 'before', null], ['older', 'deleted', 'e5'],
    ]);
    expect(await lab.rows('SELECT order_id, _rule FROM silver.orders_enriched_quarantine')).toEqual([{ order_id: 'held', _rule: 'amount_not_negative' }]);
  });
});

describe('the ledger', () => {
  test('holds the old and the new values of what a run touches', async () => {
    await lab.insert('silver.orders_enriched', row('o1', '4', { customer_country: 'before' }), row('untouched', '4'));
    await lab.insert('silver.customers', { customer_id: 'c1', country: 'after' });
    await lab.bronze('orders', RUN, order('o1', '5', { customer_id: 'c1', order_date: APRIL }));
    await lab.run(ledgerInsert(table(), RUN, {})!);
    expect(await lab.rows('SELECT order_id, customer_country, order_date FROM bookkeeping.ledger_orders_enriched ORDER BY order_date')).toEqual([
      { order_id: 'o1', customer_country: 'before', order_date: '2026-03-28 17:46:40.000000' }, { order_id: 'o1', customer_country: 'after', order_date: '2026-04-07 22:13:20.000000' },
    ]);
  });

  test('holds both values of a row that a dimension changes', async () => {
    await lab.insert('silver.orders_enriched', row('o1', '4', { customer_id: 'c1', customer_country: 'before' }), row('o2', '4', { customer_id: 'c2', customer_country: 'before' }));
    await lab.insert('silver.customers', { customer_id: 'c1', country: 'after' }, { customer_id: 'c2', country: 'after' });
    await lab.bronze('customers', RUN, { customer_id: 'c1', _sequence: '9' });
    await lab.run(ledgerInsert(table(), RUN, { customers: { kind: 'run', run: RUN } })!);
    const noted = await lab.rows('SELECT order_id, customer_country FROM bookkeeping.ledger_orders_enriched ORDER BY 2');
    expect(noted).toEqual([{ order_id: 'o1', customer_country: 'after' }, { order_id: 'o1', customer_country: 'before' }]);
  });
});

describe('re-enrichment', () => {
  beforeEach(async () => {
    await lab.insert('silver.customers', { customer_id: 'c1', name: 'N', country_id: 'de', country: 'Germany' }, { customer_id: 'c2', name: 'N', country_id: 'fr', country: 'France' });
    await lab.insert('silver.orders_enriched', row('o1', '4', { customer_id: 'c1' }), row('o2', '4', { customer_id: 'c2' }), row('o3', '4', { customer_id: 'c1', customer_name: 'N', customer_country: 'Germany' }));
  });
  const enriched = async () => (await lab.rows('SELECT order_id, customer_country, processed_at FROM silver.orders_enriched ORDER BY 1'))
    .map(({ order_id: id, customer_country: country, processed_at: at }) => [id, country, at === null ? 'untouched' : 'written']);

  test('writes the rows of changed dimension rows, and only those that differ', async () => {
    await lab.bronze('customers', RUN, { customer_id: 'c1', _sequence: '9' });
    const changes = { customers: { kind: 'run', run: RUN } } as const;
    expect(partitionsOf(table(), await lab.query(staleProbe(table(), changes)!))).toEqual([['2026-03-01 00:00:00.000000']]);
    await lab.run(reEnrichment(table(), changes, NOW, {})!);
    expect(await enriched()).toEqual([['o1', 'Germany', 'written'], ['o2', null, 'untouched'], ['o3', 'Germany', 'untouched']]);
    expect(await lab.query(staleProbe(table(), changes)!)).toEqual([]);
  });

  test('follows a change up the chain', async () => {
    await lab.bronze('countries', RUN, { country_id: 'fr', _sequence: '9' });
    await lab.run(reEnrichment(table(), { countries: { kind: 'run', run: RUN } }, NOW, {})!);
    expect(await enriched()).toEqual([['o1', null, 'untouched'], ['o2', 'France', 'written'], ['o3', 'Germany', 'untouched']]);
  });

  test('looks at every row where it is not known how far the table has come, within its partitions', async () => {
    const everything = { customers: { kind: 'everything' } } as const;
    await lab.run(reEnrichment(table(), everything, NOW, { prune: [['2026-04-01 00:00:00.000000']] })!);
    expect((await enriched()).every(([, , touched]) => touched === 'untouched')).toBe(true);
    await lab.run(reEnrichment(table(), everything, NOW, { prune: [['2026-03-01 00:00:00.000000']] })!);
    expect((await enriched()).map(([, country]) => country)).toEqual(['Germany', 'France', 'Germany']);
    expect(reEnrichment(table(), {}, NOW, {})).toBeUndefined();
  });
});

test('the inspection counts keys, removals, errors, violations and references that lead nowhere', async () => {
  await lab.insert('silver.customers', { customer_id: 'c1' });
  await lab.bronze('orders', RUN,
    order('gone', '5', { _event_name: 'REMOVE', amount: '-5' }), order('negative', '5', { amount: '-1' }), order('unknown', '5', { amount: null, customer_id: 'c9' }),
    order('few', '5', { quantity: '0', customer_id: 'c1' }), order('broken', '6', { _errors: '{}' }), order('broken', '5'));
  expect(inspectionOf(table(), await lab.query(inspection(table(), RUN)))).toEqual({
    keys: 5,
    removed: 3,
    conversionErrors: 1,
    violations: { amount_known: 1, amount_not_negative: 1, quantity_positive: 1 },
    unmatched: { customers: 1 },
  });
});

test('the decode probe reads every column, binary ones too', async () => {
  await lab.bronze('orders', RUN, order('o1', '5', { signature: '\\xAB\\xCD', extras: '{}' }));
  expect(await lab.query(decodeProbe(table(), RUN))).toEqual([expect.objectContaining({ signature: '2', extras: '2', order_id: '2', gift: null })]);
});

test.each([['expired', '5', 'true'], ['is missing in an export, which does not say why', null, null]])(
  'a table that keeps what expires keeps what %s', async (_, sequence, ttlDelete) => {
    const countries = new SilverTable(spec, 'countries');
    await lab.insert('silver.countries', { country_id: 'de', _sequence: '4', _epoch: '1', _event_timestamp: '2026-03-01' });
    await lab.bronze('countries', RUN, { country_id: 'de', _sequence: sequence, _event_name: 'REMOVE', _ttl_delete: ttlDelete });
    await lab.run(silverMerge(countries, RUN, NOW, {}));
    expect(await lab.rows('SELECT country_id FROM silver.countries')).toEqual([{ country_id: 'de' }]);
  });
