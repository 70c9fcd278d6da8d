import * as path from 'node:path';
import { GoldReader } from '../page/server/gold-reader';
import { servePages, writePages } from '../page/server/local-pages';
import { beatText, differencesText } from './console/report-text';
import { runLive } from './live-run';
import type { LocalRunOptions } from './local-run';
import { isRoundEqual } from './run-report';

export interface ServeOptions {
  /** 0 for any that is free. */
  readonly port: number;
  /** Lets changes keep coming, some with each beat. @default - nothing further happens */
  readonly beatSeconds?: number;
}

export interface ShownRun extends LocalRunOptions {
  /** Folder of the reports and the picture. */
  readonly out: string;
}

/** Whether all tables still equal the source at the end. */
export interface Shown {
  readonly equal: boolean;
}

/** Leaves the dashboards as files, and serves them until the process is interrupted if that is asked for. */
export async function showPages(run: ShownRun, serve: ServeOptions | undefined): Promise<Shown> {
  const { pipeline, out, clock } = run;
  const reader = await GoldReader.open(await pipeline.connect());
  try {
    const files = await writePages(pipeline.spec, reader, out, clock.now());
    process.stdout.write(`Look at the dashboards and at how the tables are made: ${files.map(shownPath).join(', ')}\n`);
    if (!serve) return { equal: true };
    const { port, beatSeconds } = serve;
    return beatSeconds === undefined ? await serveStill(run, reader, port) : await serveLive(run, reader, port, beatSeconds);
  } finally {
    reader.close();
  }
}

/** As short as it can be written from here. */
export function shownPath(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith('..') ? file : relative;
}

async function serveStill({ pipeline }: ShownRun, reader: GoldReader, port: number): Promise<Shown> {
  const server = await servePages(pipeline.spec, reader, port);
  process.stdout.write(`The dashboards are at ${server.url} (only from this machine). Ctrl+C ends it.\n`);
  const stop = interruption();
  await new Promise(resolve => stop.addEventListener('abort', resolve));
  await server.close();
  return { equal: true };
}

/** Serves while changes keep coming; the reports are written anew at the end. */
async function serveLive(run: ShownRun, reader: GoldReader, port: number, beatSeconds: number): Promise<Shown> {
  const { pipeline, source, out, clock } = run;
  if (!source.next) throw new NothingFurtherError('nothing further is known to happen to these tables; leave --watch out');
  const next = source.next.bind(source);
  let progress = { changes: 0, at: clock.now().getTime(), beatSeconds };
  const server = await servePages(pipeline.spec, reader, port, { live: () => progress });
  try {
    process.stdout.write(`Changes keep coming; see them at ${server.url} (only from this machine). Ctrl+C ends it.\n\n`);
    const { title, checks } = await runLive(next, {
      ...run,
      beatSeconds,
      stop: interruption(),
      onBeat: beat => {
        progress = { changes: beat.total, at: beat.at.getTime(), beatSeconds };
        process.stdout.write(`${beatText(beat)}\n`);
      },
    });
    await writePages(pipeline.spec, reader, out, clock.now());
    const different = checks.filter(({ verdict }) => verdict === 'different');
    process.stdout.write(different.length === 0
      ? `\nStopped. Compared once more after ${progress.changes.toLocaleString('en-US')} live changes: every table equals the source\n`
      : `\nStopped. THE TABLES DIFFER FROM THE SOURCE\n${different.map(check => differencesText(title, check)).join('\n\n')}\n`);
    return { equal: isRoundEqual({ title, checks }) };
  } finally {
    await server.close();
  }
}

/** Nothing can keep happening to tables whose changes were recorded. */
export class NothingFurtherError extends Error {
  public readonly name = 'NothingFurtherError';
}

/** Aborted when the user wants an end; who insists gets it at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}
