import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { SystemClock } from '../aws/system-clock';
import { assertRunsLocally } from './check-local';
import { ConsoleObserver } from './console/console-observer';
import { reportText, type ValueOrigin } from './console/report-text';
import { loadDuckDb } from './load-duckdb';
import { LocalPipeline } from './local-pipeline';
import { runLocally } from './local-run';
import { OutputFolder } from './output-folder';
import { Random } from './random';
import { SILENT } from './run-observer';
import { isEqual } from './run-report';
import { showPages, shownPath, type ServeOptions } from './show-pages';
import type { ChangeSource } from './source/change-source';

export interface RunCommand {
  readonly spec: PipelineSpec;
  readonly out: string;
  readonly seed: number;
  readonly source: ChangeSource;
  /** @default - nothing is said of the values */
  readonly values?: ValueOrigin;
  /** SQL to try on the result. */
  readonly firstQuery: string;
  /** Shows the dashboards afterwards, until the process is interrupted. */
  readonly serve?: ServeOptions;
}

const MEBIBYTE = 1024;

/** Runs a pipeline locally and prints what happens and what came out. The exit code: 0 if every table is as it must be, else 1. */
export async function run({ spec, out, seed, source, firstQuery, values, serve }: RunCommand): Promise<number> {
  assertRunsLocally(spec);
  const duckDb = loadDuckDb();
  const folder = OutputFolder.prepare(out);
  const clock = new SystemClock();
  const pipeline = await LocalPipeline.open({ spec, folder, duckDb, clock });
  const observer = new ConsoleObserver(process.stdout);
  let asItMust: boolean;
  try {
    const options = { pipeline, source, random: new Random(seed), observer, clock };
    const report = await runLocally(options);
    const peak = Math.round(process.resourceUsage().maxRSS / MEBIBYTE);
    const verdict = isEqual(report) ? 'every table equals the source' : 'THE TABLES DIFFER FROM THE SOURCE';
    process.stdout.write(`\n${reportText(report, values)}\n\n`);
    process.stdout.write(`${verdict}: ${report.seconds.toFixed(1)} s, peak memory ${peak} MiB\n\n`);
    const { equal } = await showPages({ ...options, observer: SILENT, out }, serve);
    asItMust = isEqual(report) && equal;
  } finally {
    observer.close();
    await pipeline.close();
  }
  // Until now the file was locked.
  process.stdout.write(`Open the tables with any DuckDB client, such as: duckdb ${shownPath(folder.database)}\n  ${firstQuery}\n`);
  return asItMust ? 0 : 1;
}

/** A query that has something to show for any pipeline. */
export function anyQuery(spec: PipelineSpec): string {
  const [gold] = Object.keys(spec.gold);
  return `SELECT * FROM ${gold ? `gold.${gold}` : `silver.${Object.keys(spec.tables)[0]}`} LIMIT 10;`;
}
