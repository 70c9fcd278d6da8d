import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import * as path from 'node:path';
import { publishConnection } from './stack/connection';
import { startControl } from './stack/control';
import { Engines } from './stack/engines';

/** What builds and runs apps in other languages: it needs no engine, and would slow down whoever does. */
const CONSUMERS = 'test/engines/consumers/';
/** What kills engines, orders faults for whoever comes first, or measures: nothing else may run beside it. */
const ALONE = 'test/engines/(faults|load)/';

/**
 * `npm run test:engines [-- file …] [-- --load]`: runs what needs no engine, installs the engines if they are not there, starts them,
 * runs what is to be proven on them, and stops them. What they wrote stays when something failed.
 */
async function main(): Promise<number> {
  const patterns = process.argv.slice(2).filter(parameter => parameter !== '--load');
  const isLoad = process.argv.includes('--load');
  const tests = new Tests();
  let stop = async (): Promise<void> => {};
  whenTold(() => {
    tests.stop();
    void stop().finally(() => process.exit(1));
  });

  const consumers = isLoad ? 0 : await tests.run(['--runInBand', '--testMatch', `<rootDir>/${CONSUMERS}*.engines.ts`, ...patternsOf(patterns)]);
  if (patterns.length > 0 && patterns.every(pattern => CONSUMERS.includes(pattern))) return consumers;

  const start = Date.now();
  const engines = await Engines.start();
  const control = await startControl(engines);
  stop = async () => {
    control.server.close();
    control.server.closeAllConnections();
    await engines.stop();
  };
  try {
    console.log(`engines started in ${seconds(start)} s`);
    publishConnection({ ...engines.connection, control: control.url });
    const together = isLoad ? 0 : await tests.run(['--maxWorkers=2', '--testPathIgnorePatterns', ALONE, CONSUMERS, ...patternsOf(patterns)]);
    const alone = await tests.run(['--maxWorkers=1', '--testMatch', '<rootDir>/test/engines/{faults,load}/*.engines.ts', ...patternsOf(isLoad ? ['load'] : patterns)], {
      ...isLoad && { ENGINES_LOAD_SECONDS: process.env.ENGINES_LOAD_SECONDS ?? '600' },
    });
    const status = together || alone;
    console.log(`engines: ${status === 0 ? 'all proven' : `something failed, see ${engines.connection.folder}`}, ${seconds(start)} s`);
    if (status === 0) rmSync(engines.connection.folder, { recursive: true, force: true });
    return status || consumers;
  } finally {
    await stop();
  }
}

/** By a signal, or by the end of whoever started this: npm passes no signal on. */
function whenTold(stop: () => void): void {
  const parent = process.ppid;
  const once = (): void => {
    clearInterval(watch);
    stop();
  };
  const watch = setInterval(() => process.ppid !== parent && once(), 2000).unref();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, once);
}

/** A process of its own for each: Node reads whom it trusts only when it starts. */
class Tests {
  private child: ChildProcess | undefined;
  private stopped = false;

  /** Returns jest's exit code. */
  public async run(parameters: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<number> {
    if (this.stopped) return 1;
    const jest = path.join(__dirname, '..', '..', 'node_modules', '.bin', 'jest');
    const always = ['--config', path.join(__dirname, 'jest.config.json'), '--ci', '--verbose', '--passWithNoTests'];
    const child = spawn(jest, [...always, ...parameters], { stdio: 'inherit', env: { ...process.env, ...environment, NODE_NO_WARNINGS: '1' } });
    this.child = child;
    return new Promise((resolve, reject) => child.once('error', reject).once('exit', code => resolve(code ?? 1)));
  }

  public stop(): void {
    this.stopped = true;
    this.child?.kill();
  }
}

function patternsOf(patterns: readonly string[]): string[] {
  return patterns.length === 0 ? [] : ['--testPathPatterns', ...patterns];
}

function seconds(since: number): number {
  return Math.round((Date.now() - since) / 1000);
}

main().then(code => { process.exitCode = code; }, (error: unknown) => {
  console.error(error instanceof Error ? error.stack : error);
  process.exitCode = 1;
});
