import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  AthenaClient, GetQueryExecutionCommand, GetQueryResultsCommand, StartQueryExecutionCommand, StopQueryExecutionCommand,
  type QueryExecution, type StartQueryExecutionCommandInput,
} from '@aws-sdk/client-athena';
import type { FaultOrder } from './faults';
import { athenaServer } from './server';

const TOKEN = 'token'.repeat(8);

let trino: Server;
let server: Server;
let client: AthenaClient;
let url: string;
/** What the engine was asked, and what it answers next. */
let asked: string[];
let answers: object[];

beforeEach(async () => {
  asked = [];
  answers = [];
  trino = createServer((request, response) => {
    let sql = '';
    request.on('data', chunk => { sql += String(chunk); }).on('end', () => {
      asked.push(sql);
      response.end(JSON.stringify(answers.shift() ?? { updateType: 'MERGE', updateCount: 3, stats: { physicalInputBytes: 42 } }));
    });
  });
  const trinoUrl = await listening(trino);
  server = athenaServer({ trinoUrl, authorize: () => async () => undefined });
  url = await listening(server);
  client = new AthenaClient({ endpoint: url, region: 'eu-west-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, maxAttempts: 1 });
});

afterEach(() => {
  client.destroy();
  for (const one of [trino, server]) {
    one.close();
    one.closeAllConnections();
  }
});

test('a token stands for one execution, whatever became of it, and for one text', async () => {
  const id = await start({ QueryString: 'SELECT a FROM t' });
  await ended(id);
  expect(await start({ QueryString: 'SELECT a FROM t' })).toBe(id);
  expect(asked).toHaveLength(1);
  await expect(start({ QueryString: 'SELECT b FROM t' })).rejects.toMatchObject({ name: 'InvalidRequestException', AthenaErrorCode: 'IDEMPOTENT_PARAMETER_MISMATCH' });
  expect(await start({ QueryString: 'SELECT a FROM t', WorkGroup: 'another' })).toBe(id);
});

test('a malformed statement has no execution', async () => {
  await expect(start({ QueryString: 'SELECT `a` FROM t' })).rejects.toMatchObject({ name: 'InvalidRequestException', AthenaErrorCode: 'MALFORMED_QUERY' });
  expect(asked).toEqual([]);
});

test('it ends with what it scanned and changed', async () => {
  const id = await start({ QueryString: 'DELETE FROM t' });
  expect(await ended(id)).toMatchObject({ Status: { State: 'SUCCEEDED' }, Statistics: { DataScannedInBytes: 42 }, StatementType: 'DML' });
  expect(await client.send(new GetQueryResultsCommand({ QueryExecutionId: id }))).toMatchObject({ UpdateCount: 3 });
});

test('a conflict is by its numbers the user\'s mistake and not to be retried: only the text tells', async () => {
  answers = [{ error: { message: 'Failed to commit', errorName: 'ICEBERG_COMMIT_ERROR', errorType: 'EXTERNAL' } }];
  expect(await ended(await start({ QueryString: 'DELETE FROM t' }))).toMatchObject({
    Status: { State: 'FAILED', StateChangeReason: 'ICEBERG_COMMIT_ERROR: Failed to commit', AthenaError: { ErrorCategory: 2, ErrorType: 233, Retryable: false } },
  });
});

test('results are text, page after page, the names first', async () => {
  const type = (rawType: string, ...inner: object[]): object => ({ rawType, arguments: inner });
  answers = [{
    columns: [
      { name: 'n', type: 'bigint', typeSignature: type('bigint') },
      { name: 'xs', type: 'array(varchar)', typeSignature: type('array', { kind: 'TYPE', value: type('varchar') }) },
    ],
    data: [[1, ['a', null]], [null, []]],
  }];
  const id = await start({ QueryString: 'SELECT n, xs FROM t' });
  await ended(id);
  const first = await client.send(new GetQueryResultsCommand({ QueryExecutionId: id, MaxResults: 2 }));
  const second = await client.send(new GetQueryResultsCommand({ QueryExecutionId: id, NextToken: first.NextToken }));
  expect([first, second].flatMap(({ ResultSet: set }) => set!.Rows!.map(({ Data: data }) => data!.map(({ VarCharValue: value }) => value))))
    .toEqual([['n', 'xs'], ['1', '[a, null]'], [undefined, '[]']]);
});

describe('told to', () => {
  test('throttle, it refuses once', async () => {
    await order({ fault: 'throttle', operation: 'StartQueryExecution', times: 1 });
    await expect(start({ QueryString: 'SELECT 1' })).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    await ended(await start({ QueryString: 'SELECT 1' }));
  });

  test('lose an answer, it runs the statement all the same', async () => {
    await order({ fault: 'lose-answer', operation: 'StartQueryExecution', times: 1 });
    await expect(start({ QueryString: 'DELETE FROM t' })).rejects.toThrow();
    await ended(await start({ QueryString: 'DELETE FROM t' }));
    expect(asked).toEqual(['DELETE FROM t']);
    const response = await fetch(`${url}/_executions`);
    expect(await response.json()).toEqual({ executions: [{ sql: 'DELETE FROM t', token: TOKEN, state: 'SUCCEEDED', starts: 2 }] });
  });

  test('answer late, it has begun in the meantime', async () => {
    await order({ fault: 'late-answer', operation: 'StartQueryExecution', milliseconds: 200, times: 1 });
    const answer = start({ QueryString: 'DELETE FROM t' });
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(asked).toEqual(['DELETE FROM t']);
    await ended(await answer);
  });

  test('fail with a conflict, it runs nothing', async () => {
    await order({ fault: 'conflict', matching: 'DELETE', times: 1 });
    expect(await ended(await start({ QueryString: 'DELETE FROM t' }))).toMatchObject({ Status: { State: 'FAILED', StateChangeReason: expect.stringContaining('ICEBERG_COMMIT_ERROR') as string } });
    expect(asked).toEqual([]);
  });

  test('want more runs, it has done its work', async () => {
    await order({ fault: 'more-runs-needed', times: 1 });
    expect(await ended(await start({ QueryString: 'OPTIMIZE t REWRITE DATA USING BIN_PACK' }))).toMatchObject({
      Status: { State: 'FAILED', StateChangeReason: expect.stringContaining('ICEBERG_OPTIMIZE_MORE_RUNS_NEEDED') as string },
    });
    expect(asked).toHaveLength(1);
  });

  test('have a slow queue, an execution waits in it and can be stopped there', async () => {
    await order({ fault: 'slow-queue', milliseconds: 60_000, times: 1 });
    const id = await start({ QueryString: 'DELETE FROM t' });
    expect(await execution(id)).toMatchObject({ Status: { State: 'QUEUED' } });
    await client.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));
    expect(await ended(id)).toMatchObject({ Status: { State: 'CANCELLED' } });
    expect(asked).toEqual([]);
  });
});

async function listening(one: Server): Promise<string> {
  await new Promise<void>(resolve => one.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(one.address() as AddressInfo).port}`;
}

async function start(input: StartQueryExecutionCommandInput): Promise<string> {
  return (await client.send(new StartQueryExecutionCommand({ ClientRequestToken: TOKEN, ...input }))).QueryExecutionId!;
}

async function execution(id: string): Promise<QueryExecution> {
  return (await client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }))).QueryExecution!;
}

async function ended(id: string): Promise<QueryExecution> {
  for (;;) {
    const found = await execution(id);
    if (found.Status?.CompletionDateTime) return found;
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

async function order(fault: FaultOrder): Promise<void> {
  await fetch(`${url}/_faults`, { method: 'POST', body: JSON.stringify(fault) });
}
