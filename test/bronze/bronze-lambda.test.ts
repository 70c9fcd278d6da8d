import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { bundleEntries } from '../../projenrc/bundle';
import { ENVIRONMENT, SPEC_FILE } from '../../src/spec/environment';
import { emfIn } from '../aws/emf';
import { StreamRecords } from '../helpers/stream-records';
import { deploymentOf, SHOP } from './bronze-fixture';
import { hyparquetRows } from './parquet-readers';

interface Put {
  readonly path: string;
  readonly ifNoneMatch: string | undefined;
  readonly body: Buffer;
}

const puts: Put[] = [];
let putStatus = 200;
let s3: Server;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'bronze-lambda-'));
  await bundleEntries({ name: 'rows', entries: { bronze: 'lambda-src/bronze/bronze.lambda.ts' } }, folder);
  writeFileSync(path.join(folder, SPEC_FILE), JSON.stringify(SHOP));
  s3 = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      if (request.method === 'PUT') {
        puts.push({ path: request.url!.split('?')[0], ifNoneMatch: request.headers['if-none-match'], body: Buffer.concat(chunks) });
        response.writeHead(putStatus, { etag: '"new"' }).end();
      } else {
        response.writeHead(200, { 'etag': '"deployment"', 'last-modified': new Date(0).toUTCString() }).end(JSON.stringify(deploymentOf(SHOP)));
      }
    });
  });
  await new Promise<void>(resolve => s3.listen(0, '127.0.0.1', resolve));
}, 60_000);

afterAll(() => {
  s3.close();
  rmSync(folder, { recursive: true });
});

beforeEach(() => {
  puts.length = 0;
  putStatus = 200;
});

/** Runs the bundle as Lambda does: a process of its own, with nothing but the folder and the environment. */
async function invoke(event: unknown): Promise<string> {
  const script = 'require("./bronze.js").handler(JSON.parse(process.argv[1])).catch(error => { console.log(error.name); process.exit(1); })';
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script, JSON.stringify(event)], {
    cwd: folder,
    env: {
      [ENVIRONMENT.bucket]: 'lake',
      [ENVIRONMENT.pipeline]: 'shop',
      [ENVIRONMENT.metricDetail]: 'pipeline',
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${(s3.address() as AddressInfo).port}`,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_MAX_ATTEMPTS: '1',
      NODE_NO_WARNINGS: '1',
    },
  });
  return stdout;
}

describe('the bundled handler', () => {
  const record = new StreamRecords('Orders', { key: ['OrderID'] }).insert({ OrderID: { S: 'O-1' } });

  test('writes a Parquet file that must not be there yet, and logs its report', async () => {
    const log = await invoke({ Records: [record] });
    const [logged] = log.split('\n').filter(line => line !== '').map(line => JSON.parse(line));

    expect(puts).toHaveLength(1);
    expect(puts[0].path).toMatch(/^\/lake\/bronze\/orders\/dt%3D\d{4}-\d\d-\d\d\/hr%3D\d\d\/[0-9a-f]{32}\.parquet$/);
    expect(puts[0].ifNoneMatch).toBe('*');
    expect(await hyparquetRows(puts[0].body)).toEqual([expect.objectContaining({ order_id: 'O-1', _event_id: record.eventID })]);
    expect(logged).toMatchObject({ level: 'INFO', service: 'bronze', report: { tables: { orders: { records: 1, rejected: 0 } } } });
    expect(emfIn(log)).toEqual([{
      namespace: 'MedallionAnalytics', dimensions: { Pipeline: 'shop' }, metrics: { ChangesIngested: [1, 'Count'], BronzeFilesWritten: [1, 'Count'] },
    }]);
  });

  test('is content when the file is there already', async () => {
    putStatus = 412;
    expect(JSON.parse((await invoke({ Records: [record] })).split('\n')[0])).toMatchObject({ report: { tables: { orders: { records: 1 } } } });
  });

  test.each([[409, 'another is writing the same file'], [500, 'the store fails']])('fails on status %i, when %s', async status => {
    putStatus = status;
    await expect(invoke({ Records: [record] })).rejects.toMatchObject({ code: 1 });
    expect(new Set(puts.map(put => put.path)).size).toBe(1);
  }, 60_000);
});
