import * as fc from 'fast-check';
import { currentPartitionIn, partitionValue } from '../../lambda-src/silver/merge-scope';
import { SilverTable } from '../../lambda-src/silver/silver-table';
import { column, item } from '../../lambda-src/sql/build';
import type { Query } from '../../lambda-src/sql/nodes';
import type { PartitionSpec, PipelineSpec } from '../../src/spec/pipeline-spec';
import { shopSpec } from '../helpers/shop-spec';
import { StatementLab, type Values } from '../sql/statement-lab';

const TRANSFORMS = ['year', 'month', 'day', 'hour'] as const;
const time = fc.oneof(
  fc.date({ min: new Date('1960-01-01T00:00:00Z'), max: new Date('2060-01-01T00:00:00Z'), noInvalidDate: true }),
  // Both sides of a bound.
  fc.tuple(fc.integer({ min: 1965, max: 2030 }), fc.integer({ min: 0, max: 11 }), fc.integer({ min: -1, max: 1 }))
    .map(([year, month, by]) => new Date(Date.UTC(year, month) + by)),
).map(value => value.toISOString().replace('T', ' ').replace('Z', ''));

function partitioned(partitionBy: readonly PartitionSpec[]): PipelineSpec {
  return shopSpec({ orders: { partitionBy } });
}

function read(table: SilverTable, query: Pick<Extract<Query, { kind: 'select' }>, 'columns' | 'where'>): Query {
  return { kind: 'select', ...query, from: { kind: 'table', table: table.target, as: 't' } };
}

describe.each([
  ...TRANSFORMS.map(transform => [transform, [{ transform, column: 'order_date' }]] as const),
  ['identity', [{ transform: 'identity', column: 'customer_id' }]] as const,
  ['two columns', [{ transform: 'day', column: 'order_date' }, { transform: 'identity', column: 'customer_id' }]] as const,
])('rows partitioned by %s', (_, partitionBy) => {
  test('are found by the value of their own partition, and by no other', async () => {
    const lab = await StatementLab.open(partitioned(partitionBy));
    const table = new SilverTable(partitioned(partitionBy), 'orders');
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.option(time), fc.option(fc.constantFrom('a', "it's", ''))), { minLength: 1, maxLength: 8 }), async rows => {
      await lab.rows('DELETE FROM silver.orders');
      await lab.insert('silver.orders', ...rows.map(([order_date, customer_id], index): Values => ({ order_id: `o${index}`, order_date, customer_id })));
      const values = partitionBy.map((__, index) => item(partitionValue(table, index, 't'), `p${index}`));
      const found = await lab.query(read(table, { columns: [item(column('t', 'order_id'), 'id'), ...values] }));
      const tupleOf = (row: typeof found[number]) => partitionBy.map((__, index) => row[`p${index}`]);
      for (const row of found) {
        const same = found.filter(other => JSON.stringify(tupleOf(other)) === JSON.stringify(tupleOf(row))).map(({ id }) => id);
        const chosen = await lab.query(read(table, { columns: [item(column('t', 'order_id'), 'id')], where: currentPartitionIn(table, [tupleOf(row)], 't') }));
        expect(chosen.map(({ id }) => id).sort()).toEqual(same.sort());
      }
      expect(await lab.query(read(table, { columns: [item(column('t', 'order_id'), 'id')], where: currentPartitionIn(table, [], 't') }))).toEqual([]);
    }), { numRuns: 12 });
    lab.close();
  });
});
