import * as path from 'node:path';
import * as duckDb from '@duckdb/node-api';
import { openShop, type ShopSize } from '../../examples/ecommerce/generator';
import type { AttributeMap } from '../../lambda-src/bronze/attribute-value';
import { DASHBOARD_SESSION } from '../../lambda-src/local/grafana/dashboard-session';
import { LocalPipeline } from '../../lambda-src/local/local-pipeline';
import { runLocally } from '../../lambda-src/local/local-run';
import { OutputFolder } from '../../lambda-src/local/output-folder';
import { Random } from '../../lambda-src/local/random';
import { SESSION } from '../../lambda-src/local/read-rows';
import { SILENT } from '../../lambda-src/local/run-observer';
import { SimulatedSource } from '../../lambda-src/local/source/simulated-source';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { shopSpec } from '../local/shop-spec';
import { FixedClock } from './fixed-clock';

const SIZE: ShopSize = { customers: 20, products: 30, orders: 300, updates: 60, deletes: 10, seed: 1 };

export interface Result {
  readonly names: readonly string[];
  /** The engine's own names of the types. */
  readonly types: readonly string[];
  /** Values as text, but for NULL. */
  readonly rows: readonly (readonly (string | null)[])[];
}

/** The example's Gold tables, computed by the pipeline on the embedded engine, and the items that they came from. */
export class ExampleGold {
  public static async compute(folder: string): Promise<ExampleGold> {
    const spec = shopSpec(path.join(folder, 'cdk.out'));
    const clock = new PatientClock('2026-03-29T12:34:56.789Z');
    const output = OutputFolder.prepare(path.join(folder, 'out'));
    const pipeline = await LocalPipeline.open({ spec, folder: output, duckDb, clock });
    const source = new SimulatedSource(spec, [openShop(SIZE, clock.now())], clock);
    try {
      await runLocally({ pipeline, source, random: new Random(1), observer: SILENT, clock });
    } finally {
      await pipeline.close();
    }
    const instance = await duckDb.DuckDBInstance.create(output.database, { access_mode: 'READ_ONLY' });
    const connection = await instance.connect();
    await connection.run(`${SESSION}; ${DASHBOARD_SESSION}`);
    return new ExampleGold(spec, clock.now(), source, instance, connection);
  }

  private constructor(
    public readonly spec: PipelineSpec,
    public readonly now: Date,
    private readonly source: SimulatedSource,
    private readonly instance: duckDb.DuckDBInstance,
    private readonly connection: duckDb.DuckDBConnection,
  ) {}

  public items(silverTable: string): AttributeMap[] {
    return [...this.source.items(silverTable)];
  }

  public async query(sql: string): Promise<Result> {
    const reader = await this.connection.runAndReadAll(sql);
    const rows = reader.getRows().map(row => row.map(value => value === null ? null : String(value)));
    return { names: reader.columnNames(), types: reader.columnTypes().map(String), rows };
  }

  public close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }
}

/** Time stands still, but whoever waits lets others work. */
class PatientClock extends FixedClock {
  public override async sleep(): Promise<void> {
    await new Promise(resolve => setImmediate(resolve));
  }
}
