import { BIGINT, INTEGER, TIMESTAMP, VARCHAR } from '../../src/expression/sql-type';
import { goldColumns } from '../../src/spec/gold-columns';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { retentionOf } from '../../src/spec/retention';
import { SILVER_SYSTEM_COLUMNS } from '../../src/spec/system-columns';
import { SilverTable } from '../silver/silver-table';
import { joinOnKey, newer } from '../silver/statements/newer';
import { and, call, column, columnsFrom, isNull, item, or, table, text } from '../sql/build';
import type { CreateTable, CreateView, Query, TableProperties } from '../sql/nodes';

/** Beside the key: the change that removed the item, why, and where Bronze has it in full. */
const ABSENT_SYSTEM_COLUMNS = {
  _sequence: VARCHAR,
  _epoch: INTEGER,
  _reason: VARCHAR,
  _event_timestamp: TIMESTAMP,
  _event_id: VARCHAR,
  _bronze_file: VARCHAR,
};

/** Whether a deploy may add columns to a table, and leave some there that are declared no more. */
export type Growth = 'evolves' | 'fixed';

export interface ManagedTable {
  readonly create: CreateTable;
  readonly growth: Growth;
}

/** Every Iceberg table of a pipeline. */
export function managedTables(spec: PipelineSpec): ManagedTable[] {
  const tables = [
    ...Object.keys(spec.tables).flatMap(name => silverTables(new SilverTable(spec, name))),
    ...Object.keys(spec.gold).map((name): ManagedTable => ({
      create: { kind: 'create-table', table: { layer: 'gold', name }, columns: goldColumns(spec, name), partitionBy: [] },
      growth: 'evolves',
    })),
  ];
  const properties = tableProperties(spec);
  return tables.map(({ create, growth }) => ({ create: { ...create, properties }, growth }));
}

/** The same for every table. */
export function tableProperties(spec: PipelineSpec): TableProperties {
  return { snapshotRetentionSeconds: retentionOf(spec).snapshotSeconds };
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
      growth: 'evolves',
    },
    {
      create: {
        kind: 'create-table',
        table: silver.absent,
        columns: { ...key, ...ABSENT_SYSTEM_COLUMNS },
        partitionBy: [],
      },
      growth: 'fixed',
    },
  ];
  if (!silver.tracked) return tables;
  // A new Gold table may group by columns that no ledger row has yet; it starts with a full refresh and does not need them there.
  const ledger: CreateTable = { kind: 'create-table', table: silver.ledger, columns: { _run: VARCHAR, ...key, ...silver.tracked }, partitionBy: [] };
  return [...tables, { create: ledger, growth: 'evolves' }];
}

/** The latest change of each key that a quarantine rule holds back now, and where Bronze has it in full. */
function quarantined(silver: SilverTable): Query {
  const rule = call('substr', column('a', '_reason'), { kind: 'literal', type: BIGINT, value: String('quarantine:'.length + 1) });
  return {
    kind: 'select',
    columns: [
      ...columnsFrom('a', silver.key),
      item(rule, '_rule'),
      ...columnsFrom('a', ['_event_timestamp', '_sequence', '_epoch', '_event_id', '_bronze_file']),
    ],
    from: table(silver.absent, 'a'),
    joins: [joinOnKey(silver.target, 't', 'a', silver.key)],
    where: and(
      { kind: 'like', operand: column('a', '_reason'), pattern: text('quarantine:%') },
      // The entry stays when the item has been corrected; the row is then newer.
      or(isNull(column('t', silver.key[0])), newer('a', 't')),
    ),
  };
}
