import { GlueClient } from '@aws-sdk/client-glue';
import { AthenaQueryEngine } from '../../lambda-src/aws/athena-query-engine';
import { OutOfTimeError } from '../../lambda-src/journal/errors';
import {
  QueryFailedError, SignatureExpiredError, SubmissionDeniedError, SubmissionRefusedError, type QueryRequest,
} from '../../lambda-src/ports/query-engine';
import type { Query, Statement } from '../../lambda-src/sql/nodes';
import { BIGINT, DATE, decimal, VARCHAR } from '../../src/expression/sql-type';
import { MemoryObjectStore } from '../helpers/memory-object-store';
import { CREDENTIALS, fakeAws, type Answer, type FakeAws, type SeenRequest } from './fake-aws';

const TOKEN = 'token-of-more-than-thirty-two-characters';
const REQUEST: QueryRequest = {
  sql: 'MERGE INTO "shop_silver"."orders" t', context: { catalog: 'AwsDataCatalog', database: 'shop_silver', workgroup: 'shop' },
};
const NOW = new Date('2026-11-22T16:00:00Z');
let aws: FakeAws;
let slept: number[];
const store = new MemoryObjectStore();

beforeEach(() => { slept = []; });
afterEach(() => aws.close());

async function engineAnswering(answer: (request: SeenRequest, index: number) => Answer): Promise<AthenaQueryEngine> {
  aws = await fakeAws(answer);
  const config = { endpoint: aws.endpoint, region: 'eu-west-1', credentials: CREDENTIALS };
  return new AthenaQueryEngine({
    athena: config,
    glue: new GlueClient(config),
    store,
    clock: { now: () => NOW, sleep: async milliseconds => { slept.push(milliseconds); } },
    names: {
      databases: { bronze: 'shop_bronze', silver: 'shop_silver', gold: 'shop_gold', bookkeeping: 'shop_bookkeeping' },
      location: table => `s3://lake/${table.layer}/${table.name}/`,
    },
    workgroup: 'shop',
  });
}

function json(body: object, status = 200, headers: { [name: string]: string } = {}): Answer {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.1', ...headers }, body: JSON.stringify(body) };
}

function failure(type: string, message: string, more: object = {}): Answer {
  return json({ __type: type, message, ...more }, 400);
}

const started = json({ QueryExecutionId: 'execution-1' });

describe('a statement', () => {
  test('is prepared as Athena SQL with everything that Athena compares for one token', async () => {
    const engine = await engineAnswering(() => started);
    const statement: Statement = {
      purpose: 'create orders', kind: 'create-table', table: { layer: 'silver', name: 'orders' }, columns: { id: VARCHAR }, partitionBy: [],
    };
    const request = await engine.prepare(statement);
    expect(request.context).toEqual(REQUEST.context);
    expect(request.sql).toContain('`shop_silver`.`orders`');
    expect(request.sql).toContain("LOCATION 's3://lake/silver/orders/'");
    expect(aws.seen).toHaveLength(0);
  });

  test('that is too long for Athena fails before it is recorded', async () => {
    const engine = await engineAnswering(() => started);
    const columns = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`column_${i}_${'x'.repeat(100)}`, VARCHAR]));
    const statement: Statement = {
      purpose: 'create wide', kind: 'create-table', table: { layer: 'silver', name: 'wide' }, columns, partitionBy: [],
    };
    await expect(engine.prepare(statement)).rejects.toThrow(QueryFailedError);
  });

  test('is sent with its token, which a person can find in the first line', async () => {
    const engine = await engineAnswering(() => started);
    const submission = await engine.sign(REQUEST, TOKEN);
    expect(await submission.send()).toBe('execution-1');
    expect(JSON.parse(aws.seen[0].body)).toEqual({
      QueryString: `-- ${TOKEN}\n${REQUEST.sql}`,
      ClientRequestToken: TOKEN,
      QueryExecutionContext: { Catalog: 'AwsDataCatalog', Database: 'shop_silver' },
      WorkGroup: 'shop',
    });
  });

  test.each(['CREATE TABLE `a`.`b` (c int)', 'ALTER TABLE `a`.`b` ADD COLUMNS (c int)', 'OPTIMIZE a.b REWRITE DATA USING BIN_PACK'])(
    'of DDL has no comment: %s', async sql => {
      const engine = await engineAnswering(() => started);
      await (await engine.sign({ ...REQUEST, sql }, TOKEN)).send();
      expect(JSON.parse(aws.seen[0].body)).toMatchObject({ QueryString: sql });
    });

  test('sent twice is byte for byte the same request', async () => {
    const engine = await engineAnswering(() => started);
    const submission = await engine.sign(REQUEST, TOKEN);
    await submission.send();
    await submission.send();
    expect(aws.seen[1].body).toBe(aws.seen[0].body);
    expect(aws.seen[1].headers['x-amz-date']).toBe(aws.seen[0].headers['x-amz-date']);
    expect(aws.seen[0].headers['x-amz-date']).toBe('20261122T160000Z');
    expect(aws.seen[0].headers['x-amz-security-token']).toBe(CREDENTIALS.sessionToken);
  });

  test('keeps its date when the SDK tries again', async () => {
    const engine = await engineAnswering((_, index) => index === 0 ? failure('ThrottlingException', 'Rate exceeded') : started);
    expect(await (await engine.sign(REQUEST, TOKEN)).send()).toBe('execution-1');
    expect(aws.seen.map(request => request.headers['x-amz-date'])).toEqual(['20261122T160000Z', '20261122T160000Z']);
  });

  test('is never dated anew after "Signature expired", although AWS tells its time', async () => {
    const later = new Date(NOW.getTime() + 3_600_000).toUTCString();
    const message = 'Signature expired: 20261122T160000Z is now earlier than 20261122T165500Z';
    const engine = await engineAnswering(() => json({ __type: 'InvalidSignatureException', message }, 400, { date: later }));
    await expect((await engine.sign(REQUEST, TOKEN)).send()).rejects.toThrow(SignatureExpiredError);
    expect(new Set(aws.seen.map(request => request.headers['x-amz-date']))).toEqual(new Set(['20261122T160000Z']));
  });

  test.each(['ExpiredTokenException', 'RequestExpired'])('with expired credentials (%s) has expired', async type => {
    const engine = await engineAnswering(() => failure(type, 'The security token included in the request is expired'));
    await expect((await engine.sign(REQUEST, TOKEN)).send()).rejects.toThrow(SignatureExpiredError);
  });

  test('that Athena will not run is refused', async () => {
    const engine = await engineAnswering(() => failure('InvalidRequestException', 'line 1:8: mismatched input', { AthenaErrorCode: 'MALFORMED_QUERY' }));
    await expect((await engine.sign(REQUEST, TOKEN)).send()).rejects.toThrow(SubmissionRefusedError);
  });

  test.each([
    ['InvalidRequestException', 'WorkGroup is disabled'],
    ['InvalidRequestException', 'Idempotent parameters do not match'],
    ['InvalidSignatureException', 'The request signature we calculated does not match the signature you provided'],
    ['InvalidSignatureException', 'Signature not yet current: 20261122T160000Z is still later than 20261122T155000Z'],
  ])('answered by %s: %s stays open', async (type, message) => {
    const engine = await engineAnswering(() => failure(type, message));
    const error: unknown = await (await engine.sign(REQUEST, TOKEN)).send().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(SubmissionRefusedError);
    expect(error).not.toBeInstanceOf(SubmissionDeniedError);
    expect(error).not.toBeInstanceOf(SignatureExpiredError);
  });
});

describe('a statement for which the rights are missing', () => {
  const denials = [
    ['InvalidRequestException', 'Access denied when writing to location: s3://lake/athena-results/'],
    ['AccessDeniedException', 'You are not authorized to perform: athena:StartQueryExecution'],
  ] as const;

  test.each(denials)('is denied: %s', async (type, message) => {
    const engine = await engineAnswering(() => failure(type, message));
    await expect((await engine.sign(REQUEST, TOKEN)).send()).rejects.toThrow(SubmissionDeniedError);
  });

  test.each(denials)('stays open if an earlier request got no clear answer: %s', async (type, message) => {
    const engine = await engineAnswering((_, index) => index === 0 ? json({ __type: 'InternalServerException' }, 500) : failure(type, message));
    const error: unknown = await (await engine.sign(REQUEST, TOKEN)).send().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: type });
  });
});

describe('an execution', () => {
  test.each([
    [{ State: 'QUEUED' }, { state: 'running' }],
    [{ State: 'RUNNING' }, { state: 'running' }],
    [{ State: 'SUCCEEDED' }, { state: 'succeeded', bytesScanned: 4096 }],
    [{ State: 'FAILED', StateChangeReason: 'ICEBERG_COMMIT_ERROR: Failed to commit' }, { state: 'failed', failure: { kind: 'conflict' } }],
    [{ State: 'CANCELLED' }, { state: 'failed', failure: { kind: 'engine', message: 'Athena gave no reason (CANCELLED)' } }],
  ])('%j is told as %j', async (status, expected) => {
    const engine = await engineAnswering(() => json({ QueryExecution: { Status: status, Statistics: { DataScannedInBytes: 4096 } } }));
    expect(await engine.status('execution-1')).toMatchObject(expected);
  });
});

describe('a query', () => {
  const query: Query = { kind: 'select', columns: [{ expression: { kind: 'literal', type: VARCHAR, value: 'x' }, as: 'id' }] };
  const answer = (request: SeenRequest, states: string[], pages: Answer[]): Answer => {
    switch (request.headers['x-amz-target']) {
      case 'AmazonAthena.StartQueryExecution': return started;
      case 'AmazonAthena.GetQueryExecution':
        return json({ QueryExecution: { Status: { State: states.shift(), StateChangeReason: 'TABLE_NOT_FOUND: line 1:1' }, Statistics: { DataScannedInBytes: 4096 } } });
      default: return pages.shift()!;
    }
  };
  const starts = () => aws.seen.filter(({ headers }) => headers['x-amz-target'] === 'AmazonAthena.StartQueryExecution')
    .map(({ body }) => JSON.parse(body) as { readonly ClientRequestToken: string });
  const page = (rows: (string | undefined)[][], next?: string) => json({
    NextToken: next,
    ResultSet: {
      Rows: rows.map(row => ({ Data: row.map(value => value === undefined ? {} : { VarCharValue: value }) })),
      ResultSetMetadata: { ColumnInfo: [{ Name: 'id', Type: 'varchar' }, { Name: 'amount', Type: 'decimal' }] },
    },
  });

  test('waits and gives all pages as text, without the header row, NULL apart from the empty text', async () => {
    const states = ['QUEUED', 'RUNNING', 'SUCCEEDED'];
    const pages = [page([['id', 'amount'], ['a', '1.50'], ['', undefined]], 'more'), page([['id', 'amount']])];
    const engine = await engineAnswering(request => answer(request, states, pages));

    expect(await engine.query(query, () => Infinity)).toEqual({
      rows: [{ id: 'a', amount: '1.50' }, { id: '', amount: null }, { id: 'id', amount: 'amount' }],
      bytesScanned: 4096,
    });
    expect(slept).toHaveLength(2);
    expect(JSON.parse(aws.seen[0].body).ClientRequestToken.length).toBeGreaterThanOrEqual(32);
  });

  test('that fails throws with what Athena said', async () => {
    const states = ['FAILED'];
    const engine = await engineAnswering(request => answer(request, states, []));
    await expect(engine.query(query, () => Infinity)).rejects.toThrow('query execution-1: TABLE_NOT_FOUND: line 1:1');
  });

  test('that is itself at fault is not asked again', async () => {
    const engine = await engineAnswering(request => answer(request, ['FAILED'], []));
    await expect(engine.query(query, () => Infinity)).rejects.toThrow(QueryFailedError);
    expect(starts()).toHaveLength(1);
  });

  test('that Athena could not finish is asked again, three times at most, each time a little later', async () => {
    const broken = (request: SeenRequest) => request.headers['x-amz-target'] === 'AmazonAthena.StartQueryExecution'
      ? started
      : json({ QueryExecution: { Status: { State: 'FAILED', StateChangeReason: 'GENERIC_INTERNAL_ERROR: no worker' } } });
    const engine = await engineAnswering(broken);
    await expect(engine.query(query, () => Infinity)).rejects.toThrow('GENERIC_INTERNAL_ERROR: no worker');
    expect(new Set(starts().map(({ ClientRequestToken: token }) => token)).size).toBe(3);
    expect(slept).toHaveLength(2);
  });

  test('is started under one token however often Athena is too busy to start it', async () => {
    let refusals = 8;
    const engine = await engineAnswering(request => {
      if (request.headers['x-amz-target'] !== 'AmazonAthena.StartQueryExecution') return answer(request, ['SUCCEEDED'], [page([['id', 'amount']])]);
      return refusals-- > 0 ? failure('TooManyRequestsException', 'You have exceeded the limit for the number of queries') : started;
    });
    expect(await engine.query(query, () => Infinity)).toMatchObject({ rows: [] });
    expect(new Set(starts().map(({ ClientRequestToken: token }) => token)).size).toBe(1);
    expect(slept.length).toBeGreaterThan(0);
  });

  test('that Athena refuses to start is not sent again', async () => {
    const engine = await engineAnswering(() => failure('InvalidRequestException', 'line 1:8: mismatched input', { AthenaErrorCode: 'MALFORMED_QUERY' }));
    await expect(engine.query(query, () => Infinity)).rejects.toThrow('mismatched input');
    expect(aws.seen).toHaveLength(1);
  });

  test('is left alone when the invocation is about to end', async () => {
    const left = [120_000, 70_000, 59_000];
    const engine = await engineAnswering(request => answer(request, ['QUEUED', 'RUNNING', 'RUNNING', 'RUNNING'], []));
    await expect(engine.query(query, () => left.shift()!)).rejects.toThrow(OutOfTimeError);
    expect(left).toEqual([]);
  });
});

describe('describe', () => {
  const table = { layer: 'silver', name: 'orders' } as const;
  const located = (location?: string) => json({ Table: { Name: 'orders', Parameters: location ? { metadata_location: location } : {} } });

  test('reads identity, columns and size from the metadata that Glue points at', async () => {
    await store.put('silver/orders/metadata/00001.metadata.json', JSON.stringify({
      'table-uuid': '5e3d',
      'current-schema-id': 1,
      'current-snapshot-id': 7,
      'schemas': [
        { 'schema-id': 0, 'fields': [] },
        { 'schema-id': 1, 'fields': [{ id: 1, name: 'order_date', type: 'date' }, { id: 2, name: 'total', type: 'decimal(12, 2)' }, { id: 3, name: 'n', type: 'long' }] },
      ],
      'snapshots': [{ 'snapshot-id': 7, 'summary': { 'total-files-size': '123456' } }],
    }));
    const engine = await engineAnswering(() => located(store.uri('silver/orders/metadata/00001.metadata.json')));
    expect(await engine.describe(table)).toEqual({
      uuid: '5e3d', columns: { order_date: DATE, total: decimal(12, 2), n: BIGINT }, totalBytes: 123456, version: '0/7',
    });
    expect(JSON.parse(aws.seen[0].body)).toEqual({ DatabaseName: 'shop_silver', Name: 'orders' });
  });

  test('gives undefined for a table that does not exist', async () => {
    const engine = await engineAnswering(() => failure('EntityNotFoundException', 'Entity Not Found'));
    expect(await engine.describe(table)).toBeUndefined();
  });

  test('refuses a table that is not Iceberg', async () => {
    const engine = await engineAnswering(() => located());
    await expect(engine.describe(table)).rejects.toThrow('shop_silver.orders is in Glue, but it is no Iceberg table');
  });

  test('says where it looked if the metadata is gone or elsewhere', async () => {
    const engine = await engineAnswering(() => located('s3://another/silver/orders/metadata/00001.metadata.json'));
    await expect(engine.describe(table)).rejects.toThrow("s3://another/silver/orders/metadata/00001.metadata.json is not in the pipeline's bucket");
  });
});
