import * as path from 'node:path';
import * as duckDb from '@duckdb/node-api';
import { generateRows, type RowCounts } from '../../lambda-src/local/generate-rows';
import { LocalPipeline } from '../../lambda-src/local/local-pipeline';
import { runLocally } from '../../lambda-src/local/local-run';
import { OutputFolder } from '../../lambda-src/local/output-folder';
import { Random } from '../../lambda-src/local/random';
import { SILENT } from '../../lambda-src/local/run-observer';
import type { RunReport } from '../../lambda-src/local/run-report';
import { SimulatedSource } from '../../lambda-src/local/source/simulated-source';
import type { TableCheck } from '../../lambda-src/local/verify/table-check';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { FixedClock } from '../helpers/fixed-clock';

/** A pipeline that has taken generated rows, still open. */
export class LocalWorld {
  /** `existing`: what the tables hold before their streams begin. */
  public static async run(folder: string, spec: PipelineSpec, counts: RowCounts, existing?: RowCounts): Promise<LocalWorld> {
    const clock = new PatientClock('2026-03-29T12:34:56.789Z');
    const pipeline = await LocalPipeline.open({ spec, folder: OutputFolder.prepare(path.join(folder, 'out')), duckDb, clock });
    const [rows, before] = [counts, existing].map(one => one && generateRows(spec, one, clock.now()));
    const source = new SimulatedSource(spec, [rows!], clock, { existing: before });
    try {
      const report = await runLocally({ pipeline, source, random: new Random(counts.seed), observer: SILENT, clock });
      return new LocalWorld(pipeline, source, report, clock);
    } catch (error) {
      await pipeline.close();
      throw error;
    }
  }

  private constructor(
    public readonly pipeline: LocalPipeline,
    private readonly source: SimulatedSource,
    public readonly report: RunReport,
    private readonly clock: FixedClock,
  ) {}

  /** Holds all tables against the source once more. */
  public async verify(): Promise<TableCheck[]> {
    const verification = await this.pipeline.verification();
    try {
      const bronze = Object.keys(this.pipeline.spec.tables)
        .map(table => verification.bronze(table, this.pipeline.lake, this.source.changes(table)));
      return [
        ...await Promise.all(bronze),
        ...await verification.silver(table => this.source.items(table)),
        ...await verification.gold(this.clock.now()),
      ];
    } finally {
      verification.close();
    }
  }
}

/** Time stands still, but whoever waits lets others work. */
class PatientClock extends FixedClock {
  public async sleep(milliseconds: number): Promise<void> {
    await new Promise(resolve => setTimeout(resolve, milliseconds));
  }
}
