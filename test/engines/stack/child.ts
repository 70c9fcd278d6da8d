import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';

export interface ChildOptions {
  readonly program: string;
  readonly parameters: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly folder?: string;
  /** Everything that it says. */
  readonly log: string;
  /** Throws as long as it cannot be used. */
  readonly ready: () => Promise<unknown>;
  readonly patience: number;
}

export class ChildFailedError extends Error {
  public readonly name = 'ChildFailedError';
}

/** A program that runs beside the tests. */
export class Child {
  /** Starts it and waits until it can be used. Throws ChildFailedError with the end of its log. */
  public static async start(options: ChildOptions): Promise<Child> {
    const log = openSync(options.log, 'a');
    const process = spawn(options.program, options.parameters, {
      cwd: options.folder, env: options.environment, stdio: ['ignore', log, log], detached: true,
    });
    closeSync(log);
    const child = new Child(process);
    globalThis.process.once('exit', () => child.signal('SIGKILL'));
    await child.untilReady(options);
    return child;
  }

  private constructor(private readonly process: ChildProcess) {}

  public get id(): number {
    return this.process.pid!;
  }

  /** As a power cut would. */
  public async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  public async stop(): Promise<void> {
    await Promise.race([this.end('SIGTERM'), setTimeout(3000)]);
    await this.end('SIGKILL');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (this.over) return;
    const exit = new Promise(resolve => this.process.once('exit', resolve));
    if (this.signal(signal)) await exit;
  }

  /** With what it has started itself; false if it has ended in the meantime. */
  private signal(signal: NodeJS.Signals): boolean {
    if (this.over) return false;
    try {
      return process.kill(-this.id, signal);
    } catch {
      return false;
    }
  }

  private get over(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }

  private async untilReady({ ready, patience, log, program }: ChildOptions): Promise<void> {
    const end = Date.now() + patience;
    for (let reason = 'it has not answered';;) {
      try {
        return void await ready();
      } catch (error) {
        reason = String(error);
      }
      if (this.over || Date.now() > end) {
        await this.stop();
        throw new ChildFailedError(`${program} cannot be used: ${reason}\n${readFileSync(log, 'utf8').slice(-3000)}`);
      }
      await setTimeout(200);
    }
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}
