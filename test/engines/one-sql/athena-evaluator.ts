import { athenaSql } from '../../../lambda-src/sql/athena';
import { call, cast, item, text } from '../../../lambda-src/sql/build';
import type { Query, Relation, SqlExpression } from '../../../lambda-src/sql/nodes';
import type { Expression } from '../../../src/expression/expression';
import type { SqlType } from '../../../src/expression/sql-type';
import type { Case } from '../../sql/cases/functions';
import { typed, typesOf, type Columns } from '../../sql/evaluate';
import { RawAthena } from '../lake/raw-athena';

export interface Evaluated {
  readonly value: string | null;
  /** As the library writes it: texts have no length. */
  readonly type: string;
}

const NAMES = { databases: { bronze: 'b', silver: 's', gold: 'g', bookkeeping: 'k' }, location: () => 's3://none/' };
const AT_A_TIME = 25;

/** Runs expressions on Trino, many in one query: each has a row of columns of its own. */
export class AthenaEvaluator {
  private readonly athena = new RawAthena();

  /** Throws AthenaFailedError when one of them fails. */
  public async evaluate(cases: readonly Case[]): Promise<Evaluated[]> {
    const results: Evaluated[] = [];
    for (let from = 0; from < cases.length; from += AT_A_TIME) results.push(...await this.together(cases.slice(from, from + AT_A_TIME)));
    return results;
  }

  private async together(cases: readonly Case[]): Promise<Evaluated[]> {
    const expressions = cases.map(([expression, columns], index) => ofRelation(typed(expression, columns), `k${index}`));
    const [first, ...others] = cases.map(([, columns], index) => oneRow(columns, `k${index}`));
    const query: Query = {
      kind: 'select',
      columns: expressions.flatMap((expression, index) => [
        item(expression, `v${index}`), item(call('typeof', expression), `t${index}`),
      ]),
      from: first,
      joins: others.map(relation => ({ type: 'inner', relation, on: { kind: 'literal', type: { kind: 'boolean' }, value: 'true' } })),
    };
    const [row] = await this.athena.rows(athenaSql(query, NAMES));
    return cases.map((_, index) => ({ value: row[`v${index}`], type: row[`t${index}`]!.replace(/varchar\(\d+\)/g, 'varchar').replace('timestamp(6)', 'timestamp') }));
  }
}

function oneRow(columns: Columns, as: string): Relation {
  const types = Object.entries(typesOf(columns));
  const items = types.map(([name, type]) => item(valueOf(columns[name], type), name));
  return { kind: 'subquery', as, query: { kind: 'select', columns: [item(text(''), '_row'), ...items] } };
}

function valueOf(value: string | null, type: SqlType): SqlExpression {
  if (value === null) return { kind: 'literal', type, value: null };
  switch (type.kind) {
    case 'varchar': return cast(text(value), type);
    case 'varbinary': return { kind: 'literal', type, value };
    case 'array': case 'map': return { kind: 'from-json', operand: text(asJson(value)), type };
    default: return cast(text(value), type);
  }
}

/** `[a, NULL]` and `{a=1}`, as the cases write them. */
function asJson(value: string): string {
  const members = value.slice(1, -1).split(', ').filter(member => member !== '');
  const scalar = (member: string): string | number | null => member === 'NULL' ? null : /^\d+$/.test(member) ? Number(member) : member;
  return JSON.stringify(value.startsWith('[')
    ? members.map(scalar)
    : Object.fromEntries(members.map(member => member.split('=')).map(([key, member]) => [key, scalar(member)])));
}

/** The same expression, its columns those of one relation. */
function ofRelation(expression: Expression, table: string): SqlExpression {
  return JSON.parse(JSON.stringify(expression), (_, value: { readonly kind?: string }) => value?.kind === 'column' ? { ...value, table } : value) as SqlExpression;
}
