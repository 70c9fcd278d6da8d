import { missingKeys } from '../../lambda-src/backfill/statements/missing-keys';
import { tiedRows } from '../../lambda-src/backfill/statements/tied-rows';
import { untoldItems } from '../../lambda-src/backfill/statements/untold-items';
import { GoldTable } from '../../lambda-src/gold/gold-table';
import { aggregateMerge } from '../../lambda-src/gold/statements/aggregate-merge';
import { metricsMerge } from '../../lambda-src/gold/statements/metrics-merge';
import { snapshotMerge } from '../../lambda-src/gold/statements/snapshot-merge';
import { absentProbe, absentPruning } from '../../lambda-src/maintenance/statements/absent-pruning';
import { ledgerProbe, ledgerPruning } from '../../lambda-src/maintenance/statements/ledger-pruning';
import { optimizePartition, optimizeTable } from '../../lambda-src/maintenance/statements/optimize';
import { heldBack } from '../../lambda-src/rebuild/replay';
import { managedTables, managedViews } from '../../lambda-src/schema/tables';
import { SilverTable } from '../../lambda-src/silver/silver-table';
import { absentMerge } from '../../lambda-src/silver/statements/absent-merge';
import { clearColumns, filledPartitions } from '../../lambda-src/silver/statements/clear-columns';
import { decodeProbe } from '../../lambda-src/silver/statements/decode-probe';
import { inspection } from '../../lambda-src/silver/statements/inspection';
import { ledgerInsert } from '../../lambda-src/silver/statements/ledger-insert';
import { outdatedChanges, outdatedRows } from '../../lambda-src/silver/statements/outdated';
import { moveProbe, recentProbe, staleProbe } from '../../lambda-src/silver/statements/probes';
import { reEnrichment } from '../../lambda-src/silver/statements/re-enrichment';
import { silverMerge } from '../../lambda-src/silver/statements/silver-merge';
import type { CreateTable, Query, Statement, TableName } from '../../lambda-src/sql/nodes';
import { BOOLEAN, VARCHAR, decimal } from '../../src/expression/sql-type';
import type { GoldAggregateSpec, GoldMetricsSpec, GoldSnapshotSpec, PipelineSpec } from '../../src/spec/pipeline-spec';

export const NOW = new Date('2026-03-28T20:00:00.000Z');
const RUN = '000000000002.0001';
const RUNS = { after: '000000000001.0001', upTo: RUN };
/** Columns of the table that are declared no more. */
const RETIRED = { gift: BOOLEAN, tags: { kind: 'array', element: VARCHAR } } as const;
const MARCH = ['2026-03-01 00:00:00.000000'];
const APRIL = ['2026-04-01 00:00:00.000000'];

export function orders(spec: PipelineSpec): SilverTable {
  return new SilverTable(spec, 'orders_enriched');
}

export function gold<S extends GoldAggregateSpec | GoldSnapshotSpec | GoldMetricsSpec>(spec: PipelineSpec, name: string): GoldTable<S> {
  return new GoldTable(spec, name, spec.gold[name] as S);
}

/** One statement of every kind, by the name of its golden text. */
export function everyStatement(spec: PipelineSpec): { readonly [name: string]: Statement | Query } {
  const table = orders(spec);
  const sales = gold<GoldAggregateSpec>(spec, 'daily_sales');
  const list = gold<GoldSnapshotSpec>(spec, 'customer_list');
  const customersChanged = { customers: { kind: 'run', run: RUN } } as const;
  const countriesChanged = { countries: { kind: 'run', run: RUN } } as const;
  return {
    'create-silver-table': created(spec, table.target),
    'create-absent-table': created(spec, table.absent),
    'create-ledger-table': created(spec, table.ledger),
    'create-gold-table': created(spec, sales.target),
    'add-columns': { kind: 'add-columns', purpose: 'follow the ledger', table: table.ledger, columns: { region: VARCHAR, price: decimal(10, 2) } },
    'widen-column': { kind: 'widen-column', purpose: 'take longer amounts', table: table.target, column: 'amount', type: decimal(18, 2) },
    'clear-columns': clearColumns(table, RETIRED, NOW, { prune: [MARCH, [null]] }),
    'filled-partitions': filledPartitions(table, RETIRED),
    'outdated-changes': outdatedChanges(table, RUN, 3),
    'outdated-rows': outdatedRows(table, 3),
    'held-back': heldBack(table, ['quarantine', 'drop']),
    'create-quarantine-view': { ...managedViews(spec)[0], purpose: 'show what is held back' },
    'absent-merge': absentMerge(table, RUN),
    'ledger-insert': ledgerInsert(table, RUN, {})!,
    'ledger-insert-with-dimensions': ledgerInsert(table, RUN, { ...customersChanged, ...countriesChanged })!,
    'silver-merge': silverMerge(table, RUN, NOW, {}),
    'silver-merge-moves': silverMerge(table, RUN, NOW, { moves: [{ from: MARCH, to: APRIL }, { from: undefined, to: [null] }, { from: MARCH, to: undefined }] }),
    'silver-merge-pruned': silverMerge(table, RUN, NOW, { prune: [MARCH, [null]] }),
    're-enrichment': reEnrichment(table, customersChanged, NOW, {})!,
    're-enrichment-chain': reEnrichment(table, countriesChanged, NOW, { prune: [MARCH] })!,
    'move-probe': moveProbe(table, RUN),
    'stale-probe': staleProbe(table, customersChanged)!,
    'decode-probe': decodeProbe(table, RUN),
    'inspection': inspection(table, RUN),
    'tied-rows': tiedRows(table, RUN, '01695353076000-06e2188f', 5_000_000, 20_000),
    'untold-items': untoldItems(table, RUN, '01695353076000-06e2188f', { from: 1774727940000000n, before: 1774729940000000n }, 20_000),
    'missing-keys': missingKeys(table, RUN, 1774727940000000n, 50_000),
    'aggregate-touched': aggregateMerge(sales, { kind: 'touched', runs: RUNS }, NOW),
    'aggregate-everything': aggregateMerge(sales, { kind: 'everything' }, NOW),
    'aggregate-window': aggregateMerge(sales, { kind: 'window', column: 'order_day', start: new Date('2026-03-26T00:00:00Z'), startDay: '2026-03-26' }, NOW),
    'snapshot-touched': snapshotMerge(list, { kind: 'touched', runs: RUNS }, NOW),
    'snapshot-everything': snapshotMerge(list, { kind: 'everything' }, NOW),
    'set-properties': { kind: 'set-properties', purpose: 'keep less', table: table.absent, properties: { snapshotRetentionSeconds: 86_400 } },
    'optimize-table': optimizeTable(table.absent),
    'optimize-partition': optimizePartition(table, MARCH),
    'optimize-null-partition': optimizePartition(table, [null]),
    'vacuum': { kind: 'vacuum', purpose: 'expire', table: table.target },
    'recent-probe': recentProbe(table, NOW),
    'absent-probe': absentProbe(table, NOW),
    'absent-pruning': absentPruning(table, NOW),
    'ledger-probe': ledgerProbe(table, RUN),
    'ledger-pruning': ledgerPruning(table, RUN),
    'aggregate-retired': aggregateMerge(new GoldTable(spec, 'daily_sales', sales.definition, { area: VARCHAR }), { kind: 'everything' }, NOW),
    'metrics': metricsMerge(gold<GoldMetricsSpec>(spec, 'key_metrics'), NOW),
  };
}

function created(spec: PipelineSpec, name: TableName): Statement {
  const creates = managedTables(spec).map((managed): CreateTable => managed.create);
  const create = creates.find(({ table }) => table.layer === name.layer && table.name === name.name);
  return { ...create!, purpose: 'create a table' };
}
