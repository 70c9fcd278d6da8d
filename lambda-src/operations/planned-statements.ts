import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { refreshStatement } from '../gold/gold';
import { GoldTable, type RefreshScope } from '../gold/gold-table';
import { formatRun } from '../journal/run';
import { absentProbe, absentPruning } from '../maintenance/statements/absent-pruning';
import { ledgerProbe, ledgerPruning } from '../maintenance/statements/ledger-pruning';
import { optimizeTable } from '../maintenance/statements/optimize';
import { managedTables, managedViews } from '../schema/tables';
import { dimensionsOf } from '../silver/dimension-changes';
import { SilverTable } from '../silver/silver-table';
import { absentMerge } from '../silver/statements/absent-merge';
import type { DimensionChanges } from '../silver/statements/affected';
import { inspection } from '../silver/statements/inspection';
import { ledgerInsert } from '../silver/statements/ledger-insert';
import { moveProbe, staleProbe } from '../silver/statements/probes';
import { reEnrichment } from '../silver/statements/re-enrichment';
import { silverMerge } from '../silver/statements/silver-merge';
import type { Query, Statement } from '../sql/nodes';

export const STAGES = ['deploy', 'silver', 'gold', 'maintenance'] as const;
export type Stage = (typeof STAGES)[number];

/** A statement that a pipeline runs, with an example's run number and time in it. */
export interface PlannedStatement {
  readonly stage: Stage;
  /** The table that the statement is about. */
  readonly table: string;
  readonly purpose: string;
  readonly statement: Statement | Query;
}

const RUN = formatRun(2, 1);
const FORMER_RUN = formatRun(1, 1);

/** Everything that a pipeline runs when it is deployed, for a run in which every table has changed, and in the night after it. */
export function plannedStatements(spec: PipelineSpec, now: Date): PlannedStatement[] {
  return [
    ...managedTables(spec).map(({ create }) => planned('deploy', create.table.name, { ...create, purpose: `create ${create.table.name}` })),
    ...managedViews(spec).map(view => planned('deploy', view.view.name, { ...view, purpose: `create the view ${view.view.name}` })),
    ...Object.keys(spec.tables).flatMap(name => silverStatements(new SilverTable(spec, name), now)),
    ...Object.entries(spec.gold).map(([name, definition]) =>
      planned('gold', name, refreshStatement(new GoldTable(spec, name, definition), scopeOf(definition.refresh.kind), now))),
    ...Object.keys(spec.tables).flatMap(name => pruningStatements(new SilverTable(spec, name), now)),
    ...managedTables(spec).flatMap(({ create: { table } }) => [
      planned('maintenance', table.name, optimizeTable(table)),
      planned('maintenance', table.name, { kind: 'vacuum', table, purpose: `expire old snapshots of ${table.name}` }),
    ]),
  ];
}

function silverStatements(table: SilverTable, now: Date): PlannedStatement[] {
  const changes: DimensionChanges = Object.fromEntries(dimensionsOf(table)
    .map(dimension => [dimension, { kind: 'run', run: `${RUN}-${table.name}` }]));
  const partitioned = table.partitions.length > 0;
  const queries = [
    asked(table, 'look at what the run is about to do', inspection(table, RUN)),
    ...partitioned ? [asked(table, 'find out between which partitions rows move', moveProbe(table, RUN))] : [],
    ...partitioned ? [asked(table, 'find out where rows to re-enrich lie', staleProbe(table, changes))] : [],
  ];
  const statements = [
    absentMerge(table, RUN), ledgerInsert(table, RUN, changes), silverMerge(table, RUN, now, {}), reEnrichment(table, changes, now, {}),
  ];
  return [
    ...queries.filter(query => query !== undefined),
    ...statements.filter(statement => statement !== undefined).map(statement => planned('silver', table.name, statement)),
  ];
}

/** What forgets entries that nothing needs any more, with an example's bounds. */
function pruningStatements(table: SilverTable, now: Date): PlannedStatement[] {
  const statements = [
    asked(table, 'look for keys that left long ago', absentProbe(table, now), 'maintenance'),
    planned('maintenance', table.name, absentPruning(table, now)),
    ...table.tracked ? [
      asked(table, 'look for what Gold has taken', ledgerProbe(table, RUN), 'maintenance'),
      planned('maintenance', table.name, ledgerPruning(table, RUN)),
    ] : [],
  ];
  return statements.filter(statement => statement !== undefined);
}

/** What an ordinary refresh computes; a window is the example's last day. */
function scopeOf(refresh: 'changed' | 'full' | 'delta'): RefreshScope {
  return refresh === 'changed' ? { kind: 'touched', runs: { after: FORMER_RUN, upTo: RUN } } : { kind: 'everything' };
}

function planned(stage: Stage, table: string, statement: Statement): PlannedStatement {
  return { stage, table, purpose: statement.purpose, statement };
}

function asked({ name }: SilverTable, purpose: string, query: Query | undefined, stage: Stage = 'silver'): PlannedStatement | undefined {
  return query && { stage, table: name, purpose, statement: query };
}
