import { request } from 'node:http';
import * as path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { DashboardPage } from '../../lambda-src/page/chart/page-data';
import { GoldReader } from '../../lambda-src/page/server/gold-reader';
import { servePages } from '../../lambda-src/page/server/local-pages';
import type { PageServer } from '../../lambda-src/page/server/page-server';
import { ExampleGold } from '../helpers/example-gold';
import { temporaryFolder } from '../helpers/temporary-folder';

const folder = temporaryFolder();
let gold: ExampleGold;
let reader: GoldReader;
let server: PageServer;

beforeAll(async () => {
  gold = await ExampleGold.compute(folder);
  const instance = await DuckDBInstance.create(path.join(folder, 'out', 'lakehouse.duckdb'), { access_mode: 'READ_ONLY' });
  reader = await GoldReader.open(await instance.connect());
  server = await servePages(gold.spec, reader, 0, { now: () => gold.now });
}, 120_000);
afterAll(async () => {
  await server?.close();
  reader?.close();
  gold?.close();
});

const get = async (address: string) => fetch(new URL(address, server.url));
const dashboard = async (query = '') => await (await get(`/api/dashboards/ecommerce${query}`)).json() as DashboardPage;

test('says which dashboards there are', async () => {
  expect(await (await get('/api/dashboards')).json()).toEqual([{ uid: 'ecommerce', title: 'E-commerce analytics' }]);
});

test('answers every panel with rows, and tells the SQL that it ran', async () => {
  const { panels } = await dashboard();
  const answers = panels.filter(({ panel }) => panel.type !== 'row');
  expect(answers.flatMap(({ panel, answer }) => answer?.kind === 'frame' && answer.frame.rows.length > 0 ? [] : [panel.title])).toEqual([]);
  for (const { rawSql, sql } of answers) {
    expect(rawSql).toMatch(/^SELECT/);
    expect(sql).not.toMatch(/\$__|\$\{/);
  }
});

test('reads range and choices as Grafana writes them', async () => {
  const { range, variables, panels } = await dashboard('?from=now-7d%2Fd&to=now&var-region=Europe');
  expect(range.from).toBe(Date.parse(new Date(gold.now.getTime() - 7 * 86_400_000).toISOString().slice(0, 10)));
  expect(variables[0]).toMatchObject({ name: 'region', chosen: ['Europe'] });
  const { answer } = panels.find(({ panel }) => panel.title === 'Revenue by region')!;
  expect(answer).toMatchObject({ kind: 'frame', frame: { rows: [['Europe', expect.any(Number)]] } });
});

test('a time that is none is refused, and so is a dashboard that is not there', async () => {
  expect((await get('/api/dashboards/ecommerce?from=yesterday')).status).toBe(400);
  expect((await get('/api/dashboards/other')).status).toBe(404);
});

test('a port that is taken is told with a way out', async () => {
  const { port } = new URL(server.url);
  await expect(servePages(gold.spec, reader, Number(port))).rejects.toThrow(`port ${port} is in use; name another one with --port, or 0 for any that is free`);
});

test('a page of another origin learns nothing: other names of this address are refused', async () => {
  const { port } = new URL(server.url);
  const status = await new Promise(resolve => request({ host: '127.0.0.1', port, path: '/api/dashboards', headers: { host: 'evil.example' } },
    response => resolve(response.statusCode)).end());
  expect(status).toBe(403);
  expect((await fetch(server.url, { method: 'POST' })).status).toBe(405);
  expect((await get('/')).headers.get('content-security-policy')).toContain("default-src 'none'");
});
