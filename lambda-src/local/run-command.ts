import * as path from 'node:path';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { SystemClock } from '../aws/system-clock';
import { GoldReader } from '../page/server/gold-reader';
import { servePages, writePages } from '../page/server/local-pages';
import { assertRunsLocally } from './check-local';
import { ConsoleObserver } from './console/console-observer';
import { reportText } from './console/report-text';
import { loadDuckDb } from './load-duckdb';
import { LocalPipeline } from './local-pipeline';
import { runLocally } from './local-run';
import { OutputFolder } from './output-folder';
import { Random } from './random';
import { isEqual } from './run-report';
import type { ChangeSource } from './source/change-source';

export interface RunCommand {
  readonly spec: PipelineSpec;
  readonly out: string;
  readonly seed: number;
  readonly source: ChangeSource;
  /** SQL to try on the result. */
  readonly firstQuery: string;
  /** Shows the dashboards afterwards, until the process is interrupted. */
  readonly serve?: ServeOptions;
}

export interface ServeOptions {
  /** 0 for any that is free. */
  readonly port: number;
}

const MEBIBYTE = 1024;

/** Runs a pipeline locally and prints what happens and what came out. The exit code: 0 if every table is as it must be, else 1. */
export async function run({ spec, out, seed, source, firstQuery, serve }: RunCommand): Promise<number> {
  assertRunsLocally(spec);
  const duckDb = loadDuckDb();
  const folder = OutputFolder.prepare(out);
  const clock = new SystemClock();
  const pipeline = await LocalPipeline.open({ spec, folder, duckDb, clock });
  const observer = new ConsoleObserver(process.stdout);
  try {
    const report = await runLocally({ pipeline, source, random: new Random(seed), observer, clock });
    const peak = Math.round(process.resourceUsage().maxRSS / MEBIBYTE);
    const verdict = isEqual(report) ? 'every table equals the source' : 'THE TABLES DIFFER FROM THE SOURCE';
    process.stdout.write(`\n${reportText(report)}\n\n`);
    process.stdout.write(`${verdict}: ${report.seconds.toFixed(1)} s, peak memory ${peak} MiB\n\n`);
    process.stdout.write(`Open the tables with any DuckDB client, such as: duckdb ${shownPath(folder.database)}\n  ${firstQuery}\n`);
    await showPages(pipeline, out, clock.now(), serve);
    return isEqual(report) ? 0 : 1;
  } finally {
    observer.close();
    await pipeline.close();
  }
}

/** Leaves the dashboards as files, and serves them if that is asked for. */
async function showPages(pipeline: LocalPipeline, out: string, now: Date, serve: ServeOptions | undefined): Promise<void> {
  const reader = await GoldReader.open(await pipeline.connect());
  try {
    const files = await writePages(pipeline.spec, reader, out, now);
    process.stdout.write(`Look at the dashboards and at how the tables are made: ${files.map(shownPath).join(', ')}\n`);
    if (!serve) return;
    const server = await servePages(pipeline.spec, reader, serve.port);
    process.stdout.write(`The dashboards are at ${server.url} (only from this machine). Ctrl+C ends it.\n`);
    await interrupted();
    await server.close();
  } finally {
    reader.close();
  }
}

function interrupted(): Promise<void> {
  return new Promise(resolve => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

/** As short as it can be written from here. */
function shownPath(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith('..') ? file : relative;
}

/** A query that has something to show for any pipeline. */
export function anyQuery(spec: PipelineSpec): string {
  const [gold] = Object.keys(spec.gold);
  return `SELECT * FROM ${gold ? `gold.${gold}` : `silver.${Object.keys(spec.tables)[0]}`} LIMIT 10;`;
}
