import { BIGINT, INTEGER, TIMESTAMP, VARCHAR } from '../../src/expression/sql-type';
import { goldColumns } from '../../src/spec/gold-columns';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { SILVER_SYSTEM_COLUMNS } from '../../src/spec/system-columns';
import { SilverTable } from '../silver/silver-table';
import { call, column, columnsFrom, item, table, text } from '../sql/build';
import type { CreateTable, CreateView, Query } from '../sql/nodes';

/** What a deploy may do to a table that exists with fewer columns. */
export type Growth = 'add-columns' | 'refuse';

export interface ManagedTable {
  readonly create: CreateTable;
  readonly growth: Growth;
}

/** Every Iceberg table of a pipeline. */
export function managedTables(spec: PipelineSpec): ManagedTable[] {
  return [
    ...Object.keys(spec.tables).flatMap(name => silverTables(new SilverTable(spec, name))),
    ...Object.keys(spec.gold).map((name): ManagedTable => ({
      create: { kind: 'create-table', table: { layer: 'gold', name }, columns: goldColumns(spec, name), partitionBy: [] },
      growth: 'refuse',
    })),
  ];
}

/** Views over the tables, made again with every deploy. */
export function managedViews(spec: PipelineSpec): CreateView[] {
  return Object.keys(spec.tables)
    .map(name => new SilverTable(spec, name))
    .filter(({ expectations }) => expectations.some(({ action }) => action === 'quarantine'))
    .map(silver => ({ kind: 'create-view', view: silver.quarantine, query: quarantined(silver) }));
}

function silverTables(silver: SilverTable): ManagedTable[] {
  const key = Object.fromEntries(silver.key.map(name => [name, silver.own[name]]));
  const tables: ManagedTable[] = [
    {
      create: {
        kind: 'create-table',
        table: silver.target,
        columns: { ...silver.data, ...SILVER_SYSTEM_COLUMNS },
        partitionBy: silver.definition.partitionBy,
      },
      growth: 'refuse',
    },
    {
      create: {
        kind: 'create-table',
        table: silver.absent,
        columns: { ...key, _sequence: VARCHAR, _epoch: INTEGER, reason: VARCHAR, _event_timestamp: TIMESTAMP, event_id: VARCHAR, bronze_file: VARCHAR },
        partitionBy: [],
      },
      growth: 'refuse',
    },
  ];
  if (!silver.tracked) return tables;
  // A new Gold table may group by columns that no ledger row has yet; it starts with a full refresh and does not need them there.
  const ledger: CreateTable = { kind: 'create-table', table: silver.ledger, columns: { run: VARCHAR, ...key, ...silver.tracked }, partitionBy: [] };
  return [...tables, { create: ledger, growth: 'add-columns' }];
}

/** The latest change of each key that a quarantine rule holds back, and where Bronze has it in full. */
function quarantined(silver: SilverTable): Query {
  const rule = call('substr', column('a', 'reason'), { kind: 'literal', type: BIGINT, value: String('quarantine:'.length + 1) });
  return {
    kind: 'select',
    columns: [
      ...columnsFrom('a', silver.key),
      item(rule, 'rule'),
      ...columnsFrom('a', ['_event_timestamp', '_sequence', '_epoch', 'event_id', 'bronze_file']),
    ],
    from: table(silver.absent, 'a'),
    where: { kind: 'like', operand: column('a', 'reason'), pattern: text('quarantine:%') },
  };
}
