import { mkdirSync, symlinkSync } from 'node:fs';
import { request } from 'node:https';
import * as path from 'node:path';
import { Child } from './child';

export interface EmulatorOptions {
  readonly python: string;
  readonly folder: string;
  readonly port: number;
  readonly controlPort: number;
  readonly athena: string;
  readonly account: string;
  readonly region: string;
}

export interface Emulator {
  readonly child: Child;
  readonly certificate: string;
  /** Where the test's own side gives orders; see `emulator/control.py`. */
  readonly control: string;
}

/** AWS on this machine, over TLS and with IAM enforced. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const temporary = path.join(options.folder, 'emulator');
  mkdirSync(temporary, { recursive: true });
  const child = await Child.start({
    program: options.python,
    parameters: [path.join(__dirname, 'emulator')],
    // Functions inherit it all, so there is nothing in it that they would not have on AWS.
    environment: {
      PATH: process.env.PATH,
      HOME: temporary,
      TMPDIR: temporary,
      NODE_PATH: sdkOfTheRuntime(temporary),
      NODE_NO_WARNINGS: '1',
      PYTHONDONTWRITEBYTECODE: '1',
      GATEWAY_PORT: String(options.port),
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      MINISTACK_ACCOUNT_ID: options.account,
      MINISTACK_REGION: options.region,
      IOT_MTLS_ENABLED: '0',
      LOG_LEVEL: 'WARNING',
      SFN_WAIT_SCALE: '0.05', // of the minutes that a state machine waits
      USE_SSL: '1',
      AUTH: 'true',
      AWS_ACCESS_KEY_ID: options.account,
      AWS_SECRET_ACCESS_KEY: 'test',
      ATHENA_SERVER: options.athena,
      CONTROL_PORT: String(options.controlPort),
    },
    log: path.join(options.folder, 'emulator.log'),
    ready: () => healthy(options.port),
    patience: 60_000,
  });
  const certificate = path.join(temporary, 'ministack-tls', 'server.crt');
  return { child, certificate, control: `http://127.0.0.1:${options.controlPort}` };
}

/** A function on AWS finds the SDK without bringing it. */
function sdkOfTheRuntime(folder: string): string {
  const modules = path.join(folder, 'runtime-modules');
  mkdirSync(modules, { recursive: true });
  for (const scope of ['@aws-sdk', '@smithy']) symlinkSync(path.join(__dirname, '..', '..', '..', 'node_modules', scope), path.join(modules, scope));
  return modules;
}

async function healthy(port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/_ministack/health', rejectUnauthorized: false }, response => {
      response.resume();
      if (response.statusCode === 200) resolve();
      else reject(new Error(`health is ${response.statusCode}`));
    }).on('error', reject).end();
  });
}

/** Gives an order to the emulator and returns its answer. */
export async function orderEmulator<T>(control: string, order: 'denied' | 'malform' | 'age' | 'backlog', asked: object): Promise<T> {
  const response = await fetch(`${control}/${order}`, { method: 'POST', body: JSON.stringify(asked) });
  if (!response.ok) throw new Error(`the emulator does not ${order}: ${response.status} ${await response.text()}`);
  return (await response.json() as { readonly answer: T }).answer;
}
