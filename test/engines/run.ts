import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import * as path from 'node:path';
import { publishConnection } from './stack/connection';
import { startControl } from './stack/control';
import { Engines } from './stack/engines';

/**
 * `npm run test:engines [-- file …]`: installs the engines if they are not there, starts them, runs what is to be proven on them,
 * and stops them. What they wrote stays when something failed.
 */
async function main(): Promise<number> {
  const start = Date.now();
  const engines = await Engines.start();
  const control = await startControl(engines);
  try {
    console.log(`engines started in ${seconds(start)} s`);
    publishConnection({ ...engines.connection, control: control.url });
    const jest = path.join(__dirname, '..', '..', 'node_modules', '.bin', 'jest');
    const parameters = ['--config', path.join(__dirname, 'jest.config.json'), '--ci', '--maxWorkers=1', '--verbose', ...process.argv.slice(2)];
    // A process of its own: Node reads whom it trusts only when it starts.
    const status = await exitCode(spawn(jest, parameters, { stdio: 'inherit', env: { ...process.env, NODE_NO_WARNINGS: '1' } }));
    console.log(`engines: ${status === 0 ? 'all proven' : `something failed, see ${engines.connection.folder}`}, ${seconds(start)} s`);
    if (status === 0) rmSync(engines.connection.folder, { recursive: true, force: true });
    return status;
  } finally {
    control.server.close();
    await engines.stop();
  }
}

function exitCode(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => child.once('error', reject).once('exit', code => resolve(code ?? 1)));
}

function seconds(since: number): number {
  return Math.round((Date.now() - since) / 1000);
}

main().then(code => { process.exitCode = code; }, (error: unknown) => {
  console.error(error instanceof Error ? error.stack : error);
  process.exitCode = 1;
});
