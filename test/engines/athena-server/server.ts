import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { AthenaApi, errorBody, type Body } from './athena-api';
import { TooManyRequestsError } from './errors';
import type { ExecutionSettings } from './execution';
import { Faults, type FaultOrder } from './faults';

export interface AthenaServerOptions {
  readonly trinoUrl: string;
  /** Checks that the caller may read and write what a statement reads and writes. */
  readonly authorize: (caller: string) => ExecutionSettings['authorize'];
}

/** Where a test orders faults: POST an order, GET those that are left, DELETE all. */
const FAULTS = '/_faults';
/** Every execution: its text, token, state, and how often it was asked for. */
const EXECUTIONS = '/_executions';

/**
 * Athena in front of Trino, as far as this library relies on it: JSON 1.1 over HTTP, its idempotency tokens, its states and
 * errors, and its own dialect. Signatures are the business of whoever stands in front of it.
 */
export function athenaServer(options: AthenaServerOptions): Server {
  const faults = new Faults();
  const api = new AthenaApi({ ...options, faults });
  return createServer((request, response) => {
    void bodyOf(request).then(text => {
      if (request.url === FAULTS) return answerFaults(faults, request, response, text);
      if (request.url === EXECUTIONS) return send(response, 200, { executions: api.summaries() });
      const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
      return answerCall(api, faults, { operation, body: JSON.parse(text || '{}') as Body, caller: callerOf(request) }, response);
    });
  });
}

interface Call {
  readonly operation: string;
  readonly body: Body;
  readonly caller: string;
}

function answerCall(api: AthenaApi, faults: Faults, { operation, body, caller }: Call, response: ServerResponse): void {
  const sql = String(body.QueryString ?? '');
  try {
    if (faults.take('throttle', operation, sql)) throw new TooManyRequestsError('Rate exceeded');
    const answer = api.call(operation, body, caller);
    const late = faults.take('late-answer', operation, sql);
    if (faults.take('lose-answer', operation, sql)) response.destroy();
    else if (late) setTimeout(() => send(response, 200, answer), late.milliseconds ?? 60_000).unref();
    else send(response, 200, answer);
  } catch (error) {
    const { status, body: refusal } = errorBody(error);
    send(response, status, refusal);
  }
}

function answerFaults(faults: Faults, request: IncomingMessage, response: ServerResponse, text: string): void {
  if (request.method === 'POST') faults.order(JSON.parse(text) as FaultOrder);
  if (request.method === 'DELETE') faults.clear();
  send(response, 200, { left: faults.left });
}

function send(response: ServerResponse, status: number, body: Body): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() });
  response.end(JSON.stringify(body));
}

/** The access key of a request: in its signature, or as the emulator says that it has checked it. */
function callerOf({ headers }: IncomingMessage): string {
  return /Credential=([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? '';
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
