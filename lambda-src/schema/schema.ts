import { randomUUID } from 'node:crypto';
import { sameType, typeName, type SqlType } from '../../src/expression/sql-type';
import type { Named, PipelineSpec } from '../../src/spec/pipeline-spec';
import { DEPLOYMENT_KEY, SPEC_KEY } from '../../src/spec/storage-layout';
import { QueryFailedError, type TableDescription } from '../ports/query-engine';
import type { StageDependencies } from '../ports/stage-dependencies';
import type { Statement } from '../sql/nodes';
import { DEPLOYMENT_VERSION, parseDeployment, readDeployment, type Definition, type Deployment } from './deployment';
import { managedTables, managedViews, tableProperties, type ManagedTable } from './tables';

export type SchemaDependencies = Pick<StageDependencies, 'spec' | 'store' | 'engine' | 'clock'>;

export interface SchemaReport {
  readonly created: readonly string[];
  readonly extended: readonly string[];
  /** Tables that keep their snapshots for another time from now on. */
  readonly retained: readonly string[];
}

/** A deploy would change tables in a way that this version cannot carry out; nothing has been touched. */
export class SchemaRefusedError extends Error {
  public readonly name = 'SchemaRefusedError';
  public constructor(problems: readonly string[]) {
    super(`the deploy is refused and no table has been touched:\n${problems.map(problem => `- ${problem}`).join('\n')}`);
  }
}

/** Brings the tables to what the spec says: creates and extends, never drops or rewrites. Running it again changes nothing. */
export class Schema {
  public constructor(private readonly dependencies: SchemaDependencies) {}

  /** `sources`: ARN of a source table to the name of its Bronze change log. */
  public async apply(sources: { readonly [tableArn: string]: string }): Promise<SchemaReport> {
    const { spec, store, engine } = this.dependencies;
    const deployment = await readDeployment(store);
    const tables = managedTables(spec);
    const found = await Promise.all(tables.map(({ create }) => engine.describe(create.table)));
    const problems = [
      ...changedDefinitions(spec, deployment),
      ...tables.flatMap((table, index) => problemsOf(table, found[index])),
    ];
    if (problems.length > 0) throw new SchemaRefusedError(problems);

    const created = tables.filter((_, index) => !found[index]);
    const extended = tables.flatMap(({ create }, index) => {
      const columns = missingColumns(create.columns, found[index]);
      return found[index] && Object.keys(columns).length > 0 ? [{ table: create.table, columns }] : [];
    });
    const properties = tableProperties(spec);
    const isRetained = deployment?.snapshotRetentionSeconds === properties.snapshotRetentionSeconds;
    const retained = isRetained ? [] : tables.filter((_, index) => found[index]);
    await Promise.all([
      ...created.map(({ create }) => this.execute({ ...create, purpose: `create ${create.table.name}` })),
      ...extended.map(({ table, columns }) => this.execute({ kind: 'add-columns', table, columns, purpose: `extend ${table.name}` })),
    ]);
    // After the columns: one table takes one change at a time.
    await Promise.all(retained.map(({ create: { table } }) =>
      this.execute({ kind: 'set-properties', table, properties, purpose: `set how long ${table.name} keeps its snapshots` })));
    await Promise.all(managedViews(spec).map(view => this.execute({ ...view, purpose: `create the view ${view.view.name}` })));
    // Last: a definition is recorded once its tables stand.
    await this.record(sources);
    await store.put(SPEC_KEY, JSON.stringify(spec));
    return {
      created: created.map(({ create }) => `${create.table.layer}.${create.table.name}`),
      extended: extended.map(({ table }) => `${table.layer}.${table.name}`),
      retained: retained.map(({ create }) => `${create.table.layer}.${create.table.name}`),
    };
  }

  private async record(sources: { readonly [tableArn: string]: string }): Promise<void> {
    const { spec, store } = this.dependencies;
    for (;;) {
      const object = await store.get(DEPLOYMENT_KEY);
      const former = parseDeployment(object);
      const definitions = { ...former?.definitions };
      for (const [name, { definitionHash }] of Object.entries(spec.tables)) {
        definitions[name] = withDefinition(definitions[name] ?? [], definitionHash);
      }
      const deployment: Deployment = { formatVersion: DEPLOYMENT_VERSION, sources, definitions, ...tableProperties(spec) };
      const condition = object ? { kind: 'unchanged' as const, etag: object.etag } : { kind: 'absent' as const };
      const outcome = await store.put(DEPLOYMENT_KEY, JSON.stringify(deployment, undefined, 1), condition);
      if (outcome.kind === 'written') return;
    }
  }

  /** DDL that may be repeated needs no journal: it writes no rows. */
  private async execute(statement: Statement): Promise<void> {
    const { engine, clock } = this.dependencies;
    const submission = await engine.sign(await engine.prepare(statement), `${randomUUID()}${randomUUID()}`);
    const executionId = await submission.send();
    for (let pause = 1; ; pause = Math.min(2 * pause, 1000)) {
      const status = await engine.status(executionId);
      if (status.state === 'succeeded') return;
      if (status.state === 'failed') throw new QueryFailedError(status.failure, statement.purpose);
      await clock.sleep(pause);
    }
  }
}

function withDefinition(definitions: readonly Definition[], hash: string): readonly Definition[] {
  const latest = definitions.at(-1);
  return latest?.hash === hash ? definitions : [...definitions, { epoch: (latest?.epoch ?? 0) + 1, hash }];
}

function changedDefinitions(spec: PipelineSpec, deployment: Deployment | undefined): string[] {
  return Object.entries(spec.tables).flatMap(([name, { definitionHash }]) => {
    const latest = deployment?.definitions[name]?.at(-1);
    if (!latest || latest.hash === definitionHash) return [];
    return [`silver.${name}: its definition has changed since it was deployed, and its rows were made under the former one. `
      + 'Fix: keep the former definition, or give the table a new name'];
  });
}

function problemsOf({ create, growth }: ManagedTable, found: TableDescription | undefined): string[] {
  if (!found) return [];
  const at = `${create.table.layer}.${create.table.name}`;
  const different = Object.entries(create.columns)
    .filter(([name, type]) => found.columns[name] && !sameType(found.columns[name], type))
    .map(([name, type]) => `${at}.${name} is ${typeName(found.columns[name])} and would become ${typeName(type)}. Fix: give the table a new name`);
  const missing = growth === 'add-columns' ? [] : Object.keys(missingColumns(create.columns, found));
  const surplus = growth === 'add-columns' ? [] : Object.keys(found.columns).filter(name => !(name in create.columns));
  return [
    ...different,
    ...missing.length > 0 ? [`${at} exists without the columns ${missing.join(', ')}. Fix: give the table a new name`] : [],
    ...surplus.length > 0 ? [`${at} exists with the columns ${surplus.join(', ')}, which are declared no more. Fix: give the table a new name`] : [],
  ];
}

function missingColumns(wanted: Named<SqlType>, found: TableDescription | undefined): Named<SqlType> {
  return Object.fromEntries(Object.entries(wanted).filter(([name]) => !found?.columns[name]));
}
