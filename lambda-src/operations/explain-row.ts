import type { SqlType } from '../../src/expression/sql-type';
import { bronzePhysicalType } from '../../src/spec/bronze-columns';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import type { QueryEngine, Row } from '../ports/query-engine';
import { SilverTable } from '../silver/silver-table';
import { and, ascending, column, columnsFrom, compare, equal, item, table, text } from '../sql/build';
import type { Query, SqlExpression } from '../sql/nodes';

/** Where a row comes from: every change of its item that Bronze holds, and what has become of each. */
export interface RowExplanation {
  readonly table: string;
  readonly key: { readonly [column: string]: string };
  /** The row as Silver has it; null if it has none. */
  readonly row: Row | null;
  /** Why it has none, if a change says so: `deleted`, `drop:rule`, `quarantine:rule`. */
  readonly absence: Row | null;
  /** In the order in which Bronze wrote them. */
  readonly changes: readonly ExplainedChange[];
  readonly bytesScanned: number;
}

export interface ExplainedChange {
  /** `current`: the row is this change's; `absence`: the row is missing because of it. */
  readonly verdict: 'current' | 'absence' | 'superseded';
  readonly change: Row;
}

/** A key that the table cannot have; the message says what it takes. */
export class KeyError extends Error {
  public readonly name = 'KeyError';
}

export interface ExplainOptions {
  readonly spec: PipelineSpec;
  readonly engine: QueryEngine;
  /** A value for each key column, in the key's order. */
  readonly key: readonly string[];
  /** First day of Bronze to read, `2026-01-31`; all of it if undefined. */
  readonly since?: string;
}

const CHANGE_COLUMNS = ['_event_name', '_sequence', '_epoch', '_errors', '_event_id', '_ttl_delete', '_new_image', 'dt', 'hr'];
/** What tells one change from another; a Silver row has no event id. */
const IDENTITY = ['_sequence', '_epoch', '_event_timestamp', '_event_id'];

/** Throws KeyError. It reads all of the table's Bronze files since `since`, but few columns of them. */
export async function explainRow(name: string, { spec, engine, key, since }: ExplainOptions): Promise<RowExplanation> {
  if (!Object.hasOwn(spec.tables, name)) {
    throw new KeyError(`there is no Silver table '${name}'; there are: ${Object.keys(spec.tables).join(', ')}`);
  }
  const silver = new SilverTable(spec, name);
  if (key.length !== silver.key.length) {
    throw new KeyError(`the key of ${name} has ${silver.key.length} columns, ${silver.key.join(', ')}: give a value for each`);
  }
  const queries = [current(silver, key), absent(silver, key), changesOf(silver, key, since)];
  const answers = await Promise.all(queries.map(query => engine.query(query, () => Infinity)));
  const [[row], [absence], changes] = answers.map(({ rows }) => rows);
  return {
    table: name,
    key: Object.fromEntries(silver.key.map((keyColumn, index) => [keyColumn, key[index]])),
    row: row ?? null,
    absence: absence ?? null,
    changes: changes.map(change => ({ verdict: verdictOf(change, row, absence), change })),
    bytesScanned: answers.reduce((sum, answer) => sum + answer.bytesScanned, 0),
  };
}

function current(silver: SilverTable, key: readonly string[]): Query {
  const names = [...Object.keys(silver.data), '_event_timestamp', '_sequence', '_epoch', '_errors', 'processed_at'];
  return {
    kind: 'select',
    columns: columnsFrom('t', names),
    from: table(silver.target, 't'),
    where: hasKey(silver, key, 't', name => silver.own[name]),
  };
}

function absent(silver: SilverTable, key: readonly string[]): Query {
  return {
    kind: 'select',
    columns: columnsFrom('a', ['_reason', '_sequence', '_epoch', '_event_timestamp', '_event_id', '_bronze_file']),
    from: table(silver.absent, 'a'),
    where: hasKey(silver, key, 'a', name => silver.own[name]),
  };
}

function changesOf(silver: SilverTable, key: readonly string[], since: string | undefined): Query {
  const bound = since === undefined ? [] : [compare(column('b', 'dt'), '>=', text(since))];
  const physical = (name: string) => bronzePhysicalType(silver.definition.columns[name].type);
  return {
    kind: 'select',
    columns: [
      ...columnsFrom('b', CHANGE_COLUMNS),
      item({ kind: 'from-micros', operand: column('b', '_event_timestamp') }, '_event_timestamp'),
    ],
    from: table({ layer: 'bronze', name: silver.bronzeName }, 'b'),
    where: and(hasKey(silver, key, 'b', physical), ...bound),
    orderBy: [ascending(column('b', '_event_timestamp')), ascending(column('b', '_sequence')), ascending(column('b', '_epoch'))],
  };
}

function hasKey(silver: SilverTable, key: readonly string[], alias: string, typeOf: (name: string) => SqlType): SqlExpression {
  return and(...silver.key.map((name, index) => equal(column(alias, name), literal(name, key[index], typeOf(name)))));
}

const FORMS: { readonly [kind in SqlType['kind']]?: RegExp } = {
  varchar: /^[^]*$/,
  integer: /^-?\d{1,9}$/,
  bigint: /^-?\d{1,18}$/,
  decimal: /^-?\d{1,38}(\.\d{1,38})?$/,
  double: /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
};

function literal(name: string, value: string, type: SqlType): SqlExpression {
  const form = FORMS[type.kind];
  if (!form) throw new KeyError(`key column ${name} is a ${type.kind}, by which this command cannot look up: query the table in Athena`);
  if (!form.test(value)) throw new KeyError(`key column ${name} is a ${type.kind}, and '${value}' is none`);
  return { kind: 'literal', type, value };
}

function verdictOf(change: Row, row: Row | undefined, absence: Row | undefined): ExplainedChange['verdict'] {
  if (row && sameChange(change, row)) return 'current';
  return !row && absence && sameChange(change, absence) ? 'absence' : 'superseded';
}

function sameChange(change: Row, other: Row): boolean {
  return IDENTITY.every(name => !(name in other) || change[name] === other[name]);
}
