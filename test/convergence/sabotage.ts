import { isDeepStrictEqual } from 'node:util';
import type { ControlState } from '../../lambda-src/journal/control-state';
import type { ObjectStore, StoredObject } from '../../lambda-src/ports/object-store';
import type { QueryEngine } from '../../lambda-src/ports/query-engine';
import { ledgerColumns } from '../../lambda-src/silver/ledger-columns';
import { SilverTable } from '../../lambda-src/silver/silver-table';
import { newer } from '../../lambda-src/silver/statements/newer';
import type { Query, SqlExpression, Statement } from '../../lambda-src/sql/nodes';
import { CONTROL_KEY, DEPLOYMENT_KEY } from '../../src/spec/storage-layout';
import type { Sabotage } from './world';

const FALSE: SqlExpression = { kind: 'literal', type: { kind: 'boolean' }, value: 'false' };
const TRUE: SqlExpression = { kind: 'literal', type: { kind: 'boolean' }, value: 'true' };

/** The pipeline without its sequence guard: whatever comes last wins. */
export const withoutSequenceGuard = rewriting(statement =>
  statement.kind === 'merge' && statement.target.layer === 'silver' ? replaceEverywhere(statement, newer('s', 't'), TRUE) : statement);

/** Without absent entries: nobody remembers a delete. */
export const withoutAbsentEntries = rewriting(statement =>
  statement.kind === 'merge' && statement.target.name.startsWith('absent_') ? { ...statement, source: withNoRows(statement.source) } : statement);

/** Facts keep what the dimension said when they were merged. */
export const withoutReEnrichment = rewriting(statement =>
  statement.purpose.startsWith('re-enrich') && statement.kind === 'merge' ? { ...statement, source: withNoRows(statement.source) } : statement);

/** Gold hears of the group that a row enters, not of the one that it leaves. */
export const withoutOldGroups = rewriting(statement => {
  if (statement.kind !== 'insert' || statement.query.kind === 'select') return statement;
  const [before, after, ...reEnriched] = statement.query.queries;
  const queries = [withNoRows(before), after, ...reEnriched.map((query, index) => index % 2 === 0 ? withNoRows(query) : query)];
  return { ...statement, query: { ...statement.query, queries } };
});

/** Whoever has begun goes by the deploy that it has seen first. */
export const withoutSecondLook: Sabotage = {
  store: store => {
    let seen: StoredObject | undefined;
    return reading(store, async (key, get) => key === DEPLOYMENT_KEY ? seen ??= await get() : get());
  },
};

/** Every run takes it that those before have noted what it notes itself. */
export const withoutNotedColumns: Sabotage = {
  store: (store, spec) => reading(store, async (key, get) => {
    const object = await get();
    if (!object || key !== CONTROL_KEY) return object;
    const state = JSON.parse(Buffer.from(object.body).toString()) as ControlState;
    const progress = Object.entries(state.progress)
      .map(([name, table]) => [name, { ...table, ledgerColumns: ledgerColumns(new SilverTable(spec, name)) }]);
    return { ...object, body: Buffer.from(JSON.stringify({ ...state, progress: Object.fromEntries(progress) as unknown })) };
  }),
};

/** Nothing is removed: the harness itself changes nothing. */
export const untouched = rewriting(statement => statement);

function rewriting(change: (statement: Statement) => Statement): Sabotage {
  return {
    engine: (engine: QueryEngine) => new Proxy(engine, {
      get: (target, property) => {
        if (property === 'prepare') return (statement: Statement) => target.prepare(change(statement));
        const value: unknown = Reflect.get(target, property);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    }),
  };
}

function reading(
  store: ObjectStore, read: (key: string, get: () => Promise<StoredObject | undefined>) => Promise<StoredObject | undefined>,
): ObjectStore {
  return new Proxy(store, {
    get: (target, property) => {
      if (property === 'get') return (key: string) => read(key, () => target.get(key));
      const value: unknown = Reflect.get(target, property);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function withNoRows(query: Query): Query {
  return query.kind === 'select' ? { ...query, where: FALSE } : { ...query, queries: query.queries.map(withNoRows) };
}

function replaceEverywhere<T>(value: T, what: unknown, by: unknown): T {
  if (isDeepStrictEqual(value, what)) return by as T;
  if (Array.isArray(value)) return value.map(element => replaceEverywhere(element as unknown, what, by)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, replaceEverywhere(child as unknown, what, by)])) as T;
}
