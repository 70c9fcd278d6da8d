import { mkdirSync, mkdtempSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { athenaServer } from '../athena-server/server';
import { installPythonTools } from '../install/python-tools';
import { installSpark } from '../install/spark-distribution';
import { needTools } from '../install/system-tools';
import { installTrino } from '../install/trino-distribution';
import { freePort, type Child } from './child';
import type { Connection } from './connection';
import { startEmulator } from './emulator';
import { permissionsOf } from './permissions';
import { startTrino, type TrinoServerOptions } from './trino-server';

const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';

/** The emulator, Trino, and Athena between them. */
export class Engines {
  /** Installs what is not there yet, starts all, and waits until it can be used. */
  public static async start(): Promise<Engines> {
    await needTools('python3', 'openssl'); // with openssl the emulator makes its certificate
    const [{ python, java }, installation] = await Promise.all([installPythonTools(), installTrino()]);
    const spark = await installSpark(python);
    const folder = mkdtempSync(path.join(process.env.ENGINES_FOLDER ?? tmpdir(), 'engines-'));
    mkdirSync(path.join(folder, 'logs'));
    const [port, trinoPort, athenaPort, controlPort] = [await freePort(), await freePort(), await freePort(), await freePort()];
    const [endpoint, trino, athena] = [`https://127.0.0.1:${port}`, `http://127.0.0.1:${trinoPort}`, `http://127.0.0.1:${athenaPort}`];
    const logs = path.join(folder, 'logs');
    const emulator = await startEmulator({ python, folder: logs, port, controlPort, athena, account: ACCOUNT, region: REGION });
    const options: TrinoServerOptions = {
      installation, java, folder: logs, port: trinoPort, endpoint, certificate: emulator.certificate, account: ACCOUNT, region: REGION,
    };
    const server = athenaServer({ trinoUrl: trino, authorize: permissionsOf(emulator.control) });
    await new Promise<void>(resolve => server.listen(athenaPort, '127.0.0.1', resolve));
    const { certificate } = emulator;
    const connection = {
      account: ACCOUNT, region: REGION, workgroup: 'primary', endpoint, certificate, athena, trino, python, spark, folder, emulator: emulator.control,
    };
    try {
      return new Engines(connection, emulator.child, await startTrino(options), options, server);
    } catch (error) {
      await emulator.child.stop();
      server.close();
      throw error;
    }
  }

  private constructor(
    public readonly connection: Omit<Connection, 'control'>,
    private readonly emulator: Child,
    private trino: Child,
    private readonly trinoOptions: TrinoServerOptions,
    private readonly server: Server,
  ) {}

  /** The query engine dies in the middle of whatever it does, and comes back. */
  public async killTrino(): Promise<void> {
    await this.trino.kill();
  }

  public async restartTrino(): Promise<void> {
    this.trino = await startTrino(this.trinoOptions);
  }

  public async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await this.trino.stop();
    await this.emulator.stop();
  }
}
