import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { CreateDatabaseCommand, CreateTableCommand, GlueClient, UpdateTableCommand } from '@aws-sdk/client-glue';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { AthenaQueryEngine } from '../../../lambda-src/aws/athena-query-engine';
import { S3ObjectStore } from '../../../lambda-src/aws/s3-object-store';
import { SystemClock } from '../../../lambda-src/aws/system-clock';
import { Bronze } from '../../../lambda-src/bronze/bronze';
import { Gold } from '../../../lambda-src/gold/gold';
import { NO_ANNOUNCER } from '../../../lambda-src/local/no-announcer';
import type { DynamoDbStreamRecord } from '../../../lambda-src/local/source/stream-record';
import type { ObjectStore } from '../../../lambda-src/ports/object-store';
import type { ObjectStreams } from '../../../lambda-src/ports/object-streams';
import type { QueryEngine } from '../../../lambda-src/ports/query-engine';
import { Rebuild, type RebuildDependencies } from '../../../lambda-src/rebuild/rebuild';
import { Schema, type SchemaDependencies } from '../../../lambda-src/schema/schema';
import { Silver, type SilverDependencies } from '../../../lambda-src/silver/silver';
import type { AthenaNames } from '../../../lambda-src/sql/athena';
import type { PipelineSpec } from '../../../src/spec/pipeline-spec';
import { FixedClock } from '../../helpers/fixed-clock';
import { tableArn } from '../../helpers/stream-records';
import { connection } from '../stack/connection';
import { bronzeTableInputs } from './bronze-table-inputs';
import { RawAthena, type RawRow } from './raw-athena';

/** The pipeline's own clock, which tests move. Waiting for Athena takes real time, of which it notices next to nothing. */
export class WaitingClock extends FixedClock {
  public override async sleep(milliseconds: number): Promise<void> {
    await setTimeout(Math.min(milliseconds, 50));
    await super.sleep(1);
  }
}

/** A pipeline's lake on Trino, Iceberg, Glue and S3, with the adapters that run on AWS. */
export class RealLake {
  /** Makes a bucket, the databases, Bronze's tables as the construct declares them, and the others as a deploy does. */
  public static async open(spec: PipelineSpec, start = '2026-03-28T20:00:00.000Z'): Promise<RealLake> {
    const name = `lake${randomUUID().slice(0, 8)}`;
    const [s3, glue] = [new S3Client({ forcePathStyle: true }), new GlueClient({})];
    await s3.send(new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }));
    for (const database of Object.values(databasesOf(name))) {
      await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: database } }));
    }
    for (const input of bronzeTableInputs(spec, name)) {
      await glue.send(new CreateTableCommand({ DatabaseName: databasesOf(name).bronze, TableInput: input }));
    }
    const lake = new RealLake(spec, name, new WaitingClock(start), s3, glue);
    await lake.deploy();
    return lake;
  }

  public readonly store: ObjectStore & ObjectStreams;
  public readonly engine: QueryEngine;
  private readonly raw: RawAthena;

  private constructor(
    public spec: PipelineSpec,
    public readonly name: string,
    public readonly clock: WaitingClock,
    s3: S3Client,
    private readonly glue: GlueClient,
  ) {
    const store = new S3ObjectStore(s3, name);
    this.store = timedBy(store, clock);
    this.raw = new RawAthena(databasesOf(name).silver);
    this.engine = new AthenaQueryEngine({ athena: { endpoint: connection().athena }, glue, store, clock: new PollingClock(), names: this.names, workgroup: 'primary' });
  }

  public get databases(): AthenaNames['databases'] {
    return databasesOf(this.name);
  }

  public get names(): AthenaNames {
    return { databases: this.databases, location: ({ layer, name }) => `s3://${this.name}/${layer}/${name}/` };
  }

  public async deploy(spec = this.spec, overrides: Partial<SchemaDependencies> = {}): Promise<ReturnType<Schema['apply']>> {
    const sources = Object.fromEntries(Object.values(spec.tables).map(({ bronzeName }) => [tableArn(bronzeName), bronzeName]));
    return new Schema({ ...this, spec, ...overrides }).apply(sources);
  }

  /** Deploys another definition, under which every stage runs from now on. */
  public async redeploy(spec: PipelineSpec, overrides: Partial<SchemaDependencies> = {}): ReturnType<Schema['apply']> {
    const report = await this.deploy(spec, overrides);
    for (const input of bronzeTableInputs(spec, this.name)) {
      await this.glue.send(new UpdateTableCommand({ DatabaseName: this.databases.bronze, TableInput: input }));
    }
    this.spec = spec;
    return report;
  }

  public async ingest(...records: readonly DynamoDbStreamRecord[]): Promise<string[]> {
    const { tables } = await new Bronze(this).ingest({ Records: records });
    return Object.values(tables).flatMap(({ files }) => files);
  }

  public silver(overrides: Partial<SilverDependencies> = {}): ReturnType<Silver['run']> {
    return new Silver({ ...this.dependencies(), ...overrides }).run();
  }

  public gold(overrides: Partial<SilverDependencies> = {}): ReturnType<Gold['run']> {
    return new Gold({ ...this.dependencies(), announcer: NO_ANNOUNCER, ...overrides }).run();
  }

  public rebuild(overrides: Partial<RebuildDependencies> = {}): ReturnType<Rebuild['run']> {
    return new Rebuild({ ...this.dependencies(), ...overrides }).run();
  }

  /** Rows of a query in Athena's words; `silver.x` stands for the table in whatever database it is. */
  public async rows(sql: string): Promise<RawRow[]> {
    return this.raw.rows(sql.replace(/\b(silver|gold|bookkeeping|bronze)\.(?=\w)/g, (_, layer: keyof AthenaNames['databases']) => `${this.databases[layer]}.`));
  }

  public joined(column: string): string {
    return `array_join(coalesce(${column}, ARRAY[]), ',')`;
  }

  public dependencies(): SilverDependencies {
    return { spec: this.spec, store: this.store, engine: this.engine, clock: this.clock, timeLeft: () => Infinity, pipeline: this.name };
  }

  /** Everything goes when the engines stop. */
  public close(): void {}
}

/** Athena is asked again at once: on this machine it has little else to do. */
class PollingClock extends SystemClock {
  public override async sleep(milliseconds: number): Promise<void> {
    await super.sleep(Math.min(milliseconds, 50));
  }
}

function databasesOf(name: string): AthenaNames['databases'] {
  return { bronze: `${name}_bronze`, silver: `${name}_silver`, gold: `${name}_gold`, bookkeeping: `${name}_bookkeeping` };
}

/** The same store, living in the time of the test. */
function timedBy(store: ObjectStore & ObjectStreams, clock: FixedClock): ObjectStore & ObjectStreams {
  const written = new Map<string, Date>();
  return {
    get: async key => {
      const object = await store.get(key);
      return object && { ...object, lastModified: written.get(key) ?? clock.now(), servedAt: clock.now() };
    },
    put: async (key, body, condition) => {
      const outcome = await store.put(key, body, condition);
      if (outcome.kind === 'written') written.set(key, clock.now());
      return { ...outcome, servedAt: clock.now() };
    },
    delete: keys => store.delete(keys),
    list: (prefix, startAfter) => store.list(prefix, startAfter),
    uri: key => store.uri(key),
    open: key => store.open(key),
  };
}
