import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { AttributeType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EcommerceStack } from '../../examples/ecommerce/app';
import { Column, MedallionAnalyticsPipeline, SilverTable, Source } from '../../src';
import { temporaryFolder } from '../helpers/temporary-folder';

const ROOT = path.join(__dirname, '..', '..');
const folder = temporaryFolder();
const assembly = path.join(folder, 'cdk.out');

interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command as it is shipped, bundled. */
function run(environment: NodeJS.ProcessEnv, ...options: readonly string[]): Promise<Result> {
  const env = { PATH: process.env.PATH, ...environment };
  return new Promise(resolve => {
    execFile(process.execPath, [path.join(ROOT, 'bin', 'cdk-medallion-analytics'), 'grafana', ...options], { cwd: folder, env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

beforeAll(() => {
  const app = new App({ outdir: assembly });
  new EcommerceStack(app, 'Shop');
  const bare = new Stack(app, 'Bare');
  const table = new TableV2(bare, 'Table', { partitionKey: { name: 'ID', type: AttributeType.STRING }, dynamoStream: StreamViewType.NEW_IMAGE });
  new MedallionAnalyticsPipeline(bare, 'Analytics', {
    tables: { things: SilverTable.of(Source.dynamoDb(table), { key: ['id'], columns: { id: Column.string('ID') } }) },
  });
  app.synth();
});

describe('grafana', () => {
  test('copies the files of a pipeline out of a cloud assembly', async () => {
    const out = path.join(folder, 'grafana');
    expect(await run({}, '--app', assembly, '--pipeline', 'Shop/Analytics', '--out', out)).toMatchObject({ code: 0, stderr: '' });
    for (const file of ['docker-compose.yml', '.env.example', 'dashboards/ecommerce.json', 'provisioning/datasources/athena.yaml']) {
      expect([file, existsSync(path.join(out, file))]).toEqual([file, true]);
    }
  });

  test('copies them anew beside settings, and refuses a folder with other files', async () => {
    const out = path.join(folder, 'again');
    const copy = () => run({}, '--app', assembly, '--pipeline', 'Shop/Analytics', '--out', out);
    mkdirSync(out);
    writeFileSync(path.join(out, '.env'), 'AWS_PROFILE=shop\n');
    expect(await copy()).toMatchObject({ code: 0 });
    writeFileSync(path.join(out, 'docker-compose.yml'), 'changed');
    expect(await copy()).toMatchObject({ code: 0 });
    expect(readFileSync(path.join(out, 'docker-compose.yml'), 'utf8')).not.toBe('changed');

    const { code, stderr } = await run({}, '--app', assembly, '--pipeline', 'Shop/Analytics', '--out', assembly);
    expect([code, stderr]).toEqual([1, expect.stringContaining(`${assembly} holds other files (`)]);
    expect(existsSync(path.join(assembly, 'docker-compose.yml'))).toBe(false);
  });

  test('says so where there is no dashboard', async () => {
    const { code, stderr } = await run({}, '--app', assembly, '--pipeline', 'Bare/Analytics', '--out', path.join(folder, 'none'));
    expect([code, stderr]).toEqual([1, expect.stringContaining('Bare/Analytics has no dashboard, and so no Grafana files')]);
  });
});

describe('grafana push', () => {
  let grafana: FakeGrafana;
  beforeEach(async () => {
    grafana = await FakeGrafana.start();
  });
  afterEach(() => grafana.stop());

  const push = (environment: NodeJS.ProcessEnv = {}, ...further: readonly string[]): Promise<Result> =>
    run({ GRAFANA_TOKEN: 'secret', AWS_REGION: 'eu-west-1', ...environment }, 'push', '--app', assembly, '--pipeline', 'Shop/Analytics', '--url', grafana.url, ...further);

  test('creates data source and dashboard, and updates them the next time', async () => {
    expect(await push()).toEqual({ code: 0, stderr: '', stdout: 'data source ecommerce: created\ndashboard ecommerce: written\n' });
    expect(grafana.dataSources.get('ecommerce')).toMatchObject({
      type: 'grafana-athena-datasource', jsonData: { defaultRegion: 'eu-west-1', database: 'ecommerce_gold', workgroup: 'ecommerce', authType: 'default' },
    });
    const written = JSON.parse(readFileSync(path.join(assembly, 'grafana', 'Shop.Analytics', 'dashboards', 'ecommerce.json'), 'utf8')) as object;
    expect(grafana.dashboards).toEqual([{ dashboard: { ...written, id: null }, overwrite: true, message: 'cdk-medallion-analytics' }]);
    expect((await push({}, '--region', 'us-east-1')).stdout).toContain('data source ecommerce: updated');
    expect(grafana.dataSources.get('ecommerce')).toMatchObject({ jsonData: { defaultRegion: 'us-east-1' } });
    await push({}, '--auth-provider', 'grafana_assume_role', '--role', 'arn:aws:iam::111122223333:role/grafana');
    expect(grafana.dataSources.get('ecommerce'))
      .toMatchObject({ jsonData: { authType: 'grafana_assume_role', assumeRoleArn: 'arn:aws:iam::111122223333:role/grafana' } });
  });

  test.each([
    ['a wrong token', { GRAFANA_TOKEN: 'wrong' }, 'Grafana says 401'],
    ['no token', { GRAFANA_TOKEN: '' }, 'the environment variable GRAFANA_TOKEN is empty'],
    ['no region', { AWS_REGION: '' }, 'the data source needs the region of the pipeline; give it with --region'],
  ])('refuses %s, and writes nothing', async (_, environment, message) => {
    const { code, stderr, stdout } = await push(environment);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('secret');
    expect(grafana.dashboards).toEqual([]);
  });

  test('says so when the plugin is not there, or the data source is another', async () => {
    grafana.plugins.clear();
    expect((await push()).stderr).toContain('Grafana has not the plugin grafana-athena-datasource; install it first');
    grafana.plugins.add('grafana-athena-datasource');
    grafana.dataSources.set('ecommerce', { type: 'prometheus' });
    expect((await push()).stderr).toContain('the data source ecommerce is one of type prometheus');
  });

  test('says so when nothing answers', async () => {
    await grafana.stop();
    expect((await push()).stderr).toContain(`${grafana.url} does not answer`);
  });
});

/** As much of Grafana's HTTP API as a push meets. */
class FakeGrafana {
  public static async start(): Promise<FakeGrafana> {
    const fake = new FakeGrafana();
    await new Promise<void>(resolve => fake.server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  public readonly plugins = new Set(['grafana-athena-datasource']);
  public readonly dataSources = new Map<string, object>();
  public readonly dashboards: object[] = [];
  private readonly server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', chunk => body += String(chunk));
    request.on('end', () => {
      const [status, answer] = request.headers.authorization === 'Bearer secret' ? this.answer(request.method!, request.url!, body) : [401, { message: 'Unauthorized' }];
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
    });
  });

  public get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  private port = 0;

  private constructor() {
    this.server.on('listening', () => this.port = (this.server.address() as AddressInfo).port);
  }

  public async stop(): Promise<void> {
    await new Promise(resolve => this.server.close(resolve));
  }

  private answer(method: string, url: string, body: string): [number, object] {
    const plugin = /^\/api\/plugins\/([^/]+)\/settings$/.exec(url)?.[1];
    if (plugin) return this.plugins.has(plugin) ? [200, { id: plugin }] : [404, { message: 'Plugin not found' }];
    const uid = /^\/api\/datasources\/uid\/([^/]+)$/.exec(url)?.[1];
    if (uid && method === 'GET') return this.dataSources.has(uid) ? [200, this.dataSources.get(uid)!] : [404, { message: 'Data source not found' }];
    const given = JSON.parse(body) as { uid?: string };
    if (uid && method === 'PUT' && this.dataSources.has(uid)) return this.keep(uid, given);
    if (url === '/api/datasources' && method === 'POST') return this.dataSources.has(given.uid!) ? [409, { message: 'exists' }] : this.keep(given.uid!, given);
    if (url === '/api/dashboards/db' && method === 'POST') {
      this.dashboards.push(given);
      return [200, { status: 'success' }];
    }
    return [404, { message: 'Not found' }];
  }

  private keep(uid: string, dataSource: object): [number, object] {
    this.dataSources.set(uid, dataSource);
    return [200, { message: 'Datasource added' }];
  }
}
