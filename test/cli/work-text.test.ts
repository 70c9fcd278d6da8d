import { workAttention } from '../../lambda-src/cli/text/work-text';
import type { BackfillStatus } from '../../lambda-src/operations/work-under-way';

describe('a load that stands still', () => {
  const attention = (id: string, kind: BackfillStatus['kind']) => {
    const progress = { phase: 'loading', export: '1 of 1', files: '1 of 2', rows: 1, rejected: 0, settled: 0, removed: 0 } as const;
    const load = { id, kind, table: 'orders', startedAt: '2026-03-28T09:00:00Z', updatedAt: '2026-03-28T10:00:00Z', silentSeconds: 7 * 3600, ...progress };
    return workAttention({ rebuilds: {}, backfills: [load] }, words => `run ${words}`);
  };

  test.each([
    ['mine-orders', 'full', 'run backfill --table orders --continue mine'],
    ['first-orders-orders', 'repair', 'run repair --table orders --continue first-orders'],
  ] as const)('as %s is gone on with by the name of its execution', (id, kind, command) => {
    expect(attention(id, kind)).toEqual([`the load ${id} has not gone on since 2026-03-28T10:00:00Z; if no execution is at it any more: ${command}`]);
  });

  test.each(['first-orders', 'first-orders-0123456789abcdef'])('as the first one %s, of a replaced source too, is made up for as at night', id => {
    expect(attention(id, 'full')).toEqual([expect.stringMatching(/any more: start the backfill's state machine with the input '\{"kind": "missed"\}'$/)]);
  });
});
