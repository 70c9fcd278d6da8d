import { StageMetrics } from '../../lambda-src/aws/stage-metrics';
import { backfillMeasurements } from '../../lambda-src/backfill/backfill-measurements';
import type { BronzeReport } from '../../lambda-src/bronze/bronze';
import { bronzeMeasurements } from '../../lambda-src/bronze/bronze-measurements';
import { goldMeasurements } from '../../lambda-src/gold/gold-measurements';
import { maintenanceMeasurements } from '../../lambda-src/maintenance/maintenance-measurements';
import { NOTHING_DONE } from '../../lambda-src/maintenance/maintenance-report';
import type { StageMeasurements } from '../../lambda-src/ports/stage-measurements';
import { rebuildMeasurements, replayMeasurements } from '../../lambda-src/rebuild/rebuild-measurements';
import { redriveMeasurements } from '../../lambda-src/redrive/redrive-measurements';
import { schemaMeasurements } from '../../lambda-src/schema/schema-measurements';
import { silverMeasurements } from '../../lambda-src/silver/silver-measurements';
import type { TableReport } from '../../lambda-src/silver/silver-report';
import { METRICS } from '../../src/spec/metrics';
import { expectation, shopSpec } from '../helpers/shop-spec';
import { emittedBy } from './emf';

const whole = new StageMetrics('shop', 'pipeline');
const perTable = new StageMetrics('shop', 'table');

const SPEC = shopSpec({
  orders: { expectations: { held: expectation('quarantine', 'amount >= 0'), out: expectation('drop', 'amount < 9'), odd: expectation('warn', 'amount > 1') } },
});

const ORDERS: TableReport = {
  state: 'failed',
  runs: 1,
  files: 3,
  inspection: { keys: 90, removed: 7, conversionErrors: 4, violations: { held: 5, out: 2, odd: 11 }, unmatched: { customers: 6 } },
  poisoned: ['bronze/orders/x.parquet'],
  bytesScanned: 5_000_000,
  lag: 1900,
  unreadable: 2,
};
const CUSTOMERS: TableReport = {
  ...ORDERS, state: 'parked', files: 1, inspection: { keys: 10, removed: 0, conversionErrors: 0, violations: {}, unmatched: {} }, lag: 40, unreadable: 1,
};

const BRONZE: BronzeReport = {
  tables: { orders: { records: 100, rejected: 3, conversionErrors: 4, sequenceAnomalies: 1, files: ['a', 'b'], rejectedFiles: ['r'] } },
};

const SILVER = silverMeasurements(SPEC, { tables: { orders: ORDERS, customers: CUSTOMERS }, failedBatches: 3 });
const GOLD = goldMeasurements({ tables: { sales: { state: 'refreshed', scope: 'touched', bytesScanned: 700 }, list: { state: 'failed', bytesScanned: 0 } }, announced: { events: 1 } });
const UNTOLD = goldMeasurements({ tables: {}, announced: { events: 0, error: 'no' } });
const SCHEMA = schemaMeasurements({ created: ['silver.orders', 'gold.sales'], extended: ['bookkeeping.ledger_orders'], retained: [], widened: [], redefined: [] });
const MAINTENANCE = maintenanceMeasurements({
  tables: {
    'silver.orders': {
      ...NOTHING_DONE, state: 'maintained', statements: 5, absentEntriesPruned: 2, ledgerRowsPruned: 3, manifestsPruned: 4, healedFiles: ['bronze/orders/x.parquet'],
    },
  },
});
const REDRIVE = redriveMeasurements({ tables: { orders: { changes: 8, rejected: 1 } }, filesDone: 2, filesLeft: 3, left: [] });
const REBUILD = rebuildMeasurements({ tables: { orders: { state: 'parked', files: 3, changes: 30, skipped: 1 } } });
const REPLAY = replayMeasurements('orders', { heldBack: 2, changes: 2, files: ['f'], skipped: [] });
const BACKFILL = backfillMeasurements('orders', {
  state: 'working',
  progress: { phase: 'loading', export: '1 of 1', files: '2 of 9', rows: 900, rejected: 9, settled: 9, removed: 9 },
  done: { rows: 100, rejected: 1, settled: 2, removed: 3 },
});
const BUSY: StageMeasurements = { stage: { startsWhileBusy: 1 }, tables: {} };

describe('metrics of a stage', () => {
  test('are one document for the pipeline: counts added up, the worst of what is no count', async () => {
    expect(await emittedBy(() => whole.publish(SILVER))).toEqual([{
      namespace: 'MedallionAnalytics',
      dimensions: { Pipeline: 'shop' },
      metrics: {
        Freshness: [1900, 'Seconds'],
        ItemsMerged: [100, 'Count'],
        BronzeFilesRead: [4, 'Count'],
        ItemsQuarantined: [5, 'Count'],
        ItemsDropped: [2, 'Count'],
        ExpectationWarnings: [11, 'Count'],
        UnmatchedLookups: [6, 'Count'],
        FailedBatches: [3, 'Count'],
        PoisonedFiles: [2, 'Count'],
        BytesScanned: [10_000_000, 'Bytes'],
        TablesFailed: [1, 'Count'],
        TablesParked: [1, 'Count'],
      },
    }]);
  });

  test('are a document for each table beside it where the pipeline asks for that', async () => {
    const documents = await emittedBy(() => perTable.publish(GOLD));
    expect(documents.map(({ dimensions }) => dimensions)).toEqual([
      { Pipeline: 'shop' }, { Pipeline: 'shop', Table: 'gold.sales' }, { Pipeline: 'shop', Table: 'gold.list' },
    ]);
    expect(documents[1].metrics).toEqual({ TablesRefreshed: [1, 'Count'], BytesScanned: [700, 'Bytes'] });
  });

  test('leave out what did not happen: a metric that is not sent costs nothing', async () => {
    const nothingOdd = { rejected: 0, conversionErrors: 0, sequenceAnomalies: 0 };
    const quiet = bronzeMeasurements({ tables: { orders: { ...BRONZE.tables.orders, ...nothingOdd } } });
    const [{ metrics }] = await emittedBy(() => whole.publish(quiet));
    expect(metrics).toEqual({ ChangesIngested: [100, 'Count'], BronzeFilesWritten: [2, 'Count'] });
    const unchanged = schemaMeasurements({ created: [], extended: [], retained: [], widened: [], redefined: [] });
    expect(await emittedBy(() => whole.publish(unchanged))).toEqual([]);
  });

  test('of a backfill are what one step did, since the next one goes on from there', async () => {
    const [{ metrics }] = await emittedBy(() => whole.publish(BACKFILL));
    expect(metrics).toEqual({
      BackfillRowsLoaded: [100, 'Count'], RecordsRejected: [1, 'Count'], ItemsSettled: [2, 'Count'], BackfillRowsRemoved: [3, 'Count'],
    });
  });

  test('say that nothing waits when nothing does', async () => {
    const idle = { ...ORDERS, state: 'idle' as const, files: 0, inspection: CUSTOMERS.inspection, bytesScanned: 0, unreadable: 0, lag: 0 };
    const [{ metrics }] = await emittedBy(() => whole.publish(silverMeasurements(SPEC, {
      tables: { orders: { ...idle, inspection: { ...idle.inspection, keys: 0 } } },
    })));
    expect(metrics).toEqual({ Freshness: [0, 'Seconds'] });
  });

  test('say nothing of a wait that could not be told', async () => {
    const untold = silverMeasurements(SPEC, { tables: { orders: { ...ORDERS, lag: undefined } } });
    const [{ metrics }] = await emittedBy(() => whole.publish(untold));
    expect(metrics).not.toHaveProperty('Freshness');
  });
});

test('every metric is measured by some stage, and no stage measures another', async () => {
  const paused = silverMeasurements(SPEC, { tables: {}, hoursPaused: 20 });
  const documents = await emittedBy(() => {
    const all = [bronzeMeasurements(BRONZE), SILVER, paused, GOLD, UNTOLD, SCHEMA, MAINTENANCE, REDRIVE, REBUILD, REPLAY, BACKFILL, BUSY];
    for (const measured of all) whole.publish(measured);
  });
  const sent = documents.flatMap(({ metrics }) => Object.entries(metrics).map(([name, [, unit]]) => `${name} ${unit}`));
  const known = Object.values(METRICS).map(({ name, unit }) => `${name} ${unit}`);
  expect([...new Set(sent)].sort()).toEqual([...known].sort());
});
