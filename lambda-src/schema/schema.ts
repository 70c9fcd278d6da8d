import { randomUUID } from 'node:crypto';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { DEPLOYMENT_KEY, SPEC_KEY } from '../../src/spec/storage-layout';
import { STATEMENT_ATTEMPTS } from '../journal/limits';
import { pauseAfter, persistently } from '../journal/patience';
import { QueryFailedError, SignatureExpiredError, SubmissionRefusedError, type QueryFailure } from '../ports/query-engine';
import type { StageDependencies } from '../ports/stage-dependencies';
import { limiter } from '../silver/dependency-schedule';
import type { Statement } from '../sql/nodes';
import { writeIf } from '../state/conditional-write';
import { parseSpec } from '../state/parse-spec';
import { definitionProblems, definitionsAfter } from './definitions';
import { DEPLOYMENT_VERSION, parseDeployment, readDeployment, type Definition, type Deployment } from './deployment';
import { tableChanges, type TableChanges } from './table-changes';
import { managedTables, managedViews, tableProperties, type ManagedTable } from './tables';

export type SchemaDependencies = Pick<StageDependencies, 'spec' | 'store' | 'engine' | 'clock'>;

export interface SchemaReport {
  readonly created: readonly string[];
  readonly extended: readonly string[];
  /** Tables that keep their snapshots for another time from now on. */
  readonly retained: readonly string[];
  /** Columns with a larger type. */
  readonly widened: readonly string[];
  /** Silver tables whose rows are to be made again under the definition of this deploy. */
  readonly redefined: readonly string[];
}

/** A deploy would change tables in a way that this version cannot carry out; nothing has been touched. */
export class SchemaRefusedError extends Error {
  public readonly name = 'SchemaRefusedError';
  public constructor(problems: readonly string[]) {
    super(`the deploy is refused and no table has been touched:\n${problems.map(problem => `- ${problem}`).join('\n')}`);
  }
}

/** How many statements run side by side; Athena runs 20 of this kind for an account, and asks callers to be slow. */
const WIDTH = 8;

/** Brings the tables to what the spec says: creates, extends and widens, never drops or rewrites. Running it again changes nothing. */
export class Schema {
  private readonly limit = limiter(WIDTH);

  public constructor(private readonly dependencies: SchemaDependencies) {}

  /** `sources`: ARN of a source table to the name of its Bronze change log. */
  public async apply(sources: { readonly [tableArn: string]: string }): Promise<SchemaReport> {
    const { spec, store, engine } = this.dependencies;
    const deployment = await readDeployment(store);
    const tables = managedTables(spec);
    const found = await Promise.all(tables.map(({ create }) => engine.describe(create.table)));
    const changes = tables.map((table, index) => tableChanges(table, found[index]));
    const former = deployment && await this.formerSpec(deployment);
    const problems = [...definitionProblems(spec, deployment, former), ...changes.flatMap(change => change.problems)];
    if (problems.length > 0) throw new SchemaRefusedError(problems);

    await Promise.all(tables.map((table, index) => found[index] ? this.evolve(table, changes[index]) : this.create(table)));
    const properties = tableProperties(spec);
    const isRetained = deployment?.snapshotRetentionSeconds === properties.snapshotRetentionSeconds;
    const retained = isRetained ? [] : tables.filter((_, index) => found[index]);
    // After the columns: one table takes one change at a time.
    await Promise.all(retained.map(({ create: { table } }) =>
      this.execute({ kind: 'set-properties', table, properties, purpose: `set how long ${table.name} keeps its snapshots` })));
    await Promise.all(managedViews(spec).map(view => this.execute({ ...view, purpose: `create the view ${view.view.name}` })));
    // Last: a definition is recorded once its tables stand.
    const definitions = await this.record(sources);
    await store.put(SPEC_KEY, JSON.stringify(spec));
    const names = tables.map(({ create: { table } }) => `${table.layer}.${table.name}`);
    return {
      created: names.filter((_, index) => !found[index]),
      extended: names.filter((_, index) => Object.keys(changes[index].missing).length > 0),
      retained: isRetained ? [] : names.filter((_, index) => found[index]),
      widened: names.flatMap((name, index) => Object.keys(changes[index].widened).map(column => `${name}.${column}`)),
      redefined: Object.keys(spec.tables).filter(name => isRedefined(deployment?.definitions[name], definitions[name])),
    };
  }

  /** Only asked of a lake whose last deploy was one of a version that noted less with the definitions. */
  private async formerSpec({ definitions }: Deployment): Promise<PipelineSpec | undefined> {
    if (Object.values(definitions).every(known => known.at(-1)?.hashedKey)) return undefined;
    const object = await this.dependencies.store.get(SPEC_KEY);
    return object && parseSpec(new TextDecoder().decode(object.body), SPEC_KEY);
  }

  private async create({ create }: ManagedTable): Promise<void> {
    await this.execute({ ...create, purpose: `create ${create.table.name}` });
  }

  /** One statement after the other: each of them changes the table's one schema. */
  private async evolve({ create: { table } }: ManagedTable, { missing, widened }: TableChanges): Promise<void> {
    if (Object.keys(missing).length > 0) {
      await this.execute({ kind: 'add-columns', table, columns: missing, purpose: `extend ${table.name}` });
    }
    for (const [column, type] of Object.entries(widened)) {
      await this.execute({ kind: 'widen-column', table, column, type, purpose: `widen ${table.name}.${column}` });
    }
  }

  private async record(sources: { readonly [tableArn: string]: string }): Promise<Deployment['definitions']> {
    const { spec, store } = this.dependencies;
    for (;;) {
      const object = await store.get(DEPLOYMENT_KEY);
      const former = parseDeployment(object);
      const definitions = definitionsAfter(spec, former?.definitions ?? {});
      const deployment: Deployment = { formatVersion: DEPLOYMENT_VERSION, sources, definitions, ...tableProperties(spec) };
      const condition = object ? { kind: 'unchanged' as const, etag: object.etag } : { kind: 'absent' as const };
      if (await writeIf(condition, store, DEPLOYMENT_KEY, JSON.stringify(deployment, undefined, 1)) !== undefined) return definitions;
    }
  }

  /** DDL that may be repeated needs no journal: it writes no rows. A run may commit to the table meanwhile; then it is tried again. */
  private async execute(statement: Statement): Promise<void> {
    await this.limit(() => this.executeNow(statement));
  }

  private async executeNow(statement: Statement): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const failure = await this.failureOf(statement);
      if (!failure) return;
      if (failure.kind === 'statement' || attempt === STATEMENT_ATTEMPTS) throw new QueryFailedError(failure, statement.purpose);
      await pauseAfter(this.dependencies.clock, attempt);
    }
  }

  private async failureOf(statement: Statement): Promise<QueryFailure | undefined> {
    const { engine, clock } = this.dependencies;
    const submission = await engine.sign(await engine.prepare(statement), `${randomUUID()}${randomUUID()}`);
    // The same token is the same execution. Rights that this very deploy gives take some seconds to be known.
    const executionId = await persistently(clock, () => submission.send(), isWorthSendingAgain);
    for (let pause = 1; ; pause = Math.min(2 * pause, 1000)) {
      const status = await persistently(clock, () => engine.status(executionId));
      if (status.state === 'succeeded') return undefined;
      if (status.state === 'failed') return status.failure;
      await clock.sleep(pause);
    }
  }
}

function isWorthSendingAgain(error: unknown): boolean {
  return !(error instanceof SubmissionRefusedError || error instanceof SignatureExpiredError);
}

function isRedefined(former: readonly Definition[] | undefined, present: readonly Definition[]): boolean {
  return former !== undefined && former.at(-1)?.epoch !== present.at(-1)?.epoch;
}
