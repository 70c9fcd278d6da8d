import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { isRecord } from '../bronze/convert/attribute';

/** What a redrive is asked to do; the payload of its function. */
export interface RedriveRequest {
  /** Silver tables; all of them if undefined. */
  readonly tables?: readonly string[];
  /** Only say what there is. */
  readonly dryRun?: boolean;
  /** ISO time at which the whole redrive began; it leaves alone what has been set aside since, by itself too. Now if undefined. */
  readonly startedAt?: string;
  /** The last key that an earlier invocation of this redrive has looked at. */
  readonly after?: string;
}

/** A payload that means nothing; the message lists all that is wrong with it. */
export class RedriveRequestError extends Error {
  public readonly name = 'RedriveRequestError';
}

const KNOWN = ['tables', 'dryRun', 'startedAt', 'after'];

/** Reads a payload. Throws RedriveRequestError. */
export function parseRedriveRequest(payload: unknown, spec: PipelineSpec): RedriveRequest {
  if (payload === null || payload === undefined) return {};
  if (!isRecord(payload)) throw new RedriveRequestError(`the payload is ${JSON.stringify(payload)}; send an object such as {"tables":["orders"]} or {}`);
  const problems = [...unknownProperties(payload), ...tableProblems(payload.tables, Object.keys(spec.tables)), ...otherProblems(payload)];
  if (problems.length > 0) throw new RedriveRequestError(['the payload cannot be used:', ...problems.map(problem => `- ${problem}`)].join('\n'));
  return payload;
}

function unknownProperties(payload: object): string[] {
  return Object.keys(payload).filter(name => !KNOWN.includes(name)).map(name => `${name}: there is no such property; use ${KNOWN.join(', ')}`);
}

function tableProblems(tables: unknown, known: readonly string[]): string[] {
  if (tables === undefined) return [];
  if (!Array.isArray(tables)) return [`tables: ${JSON.stringify(tables)} is no list; send ["${known[0] ?? 'orders'}"]`];
  return tables.filter(table => !known.includes(table as string))
    .map(table => `tables: ${JSON.stringify(table)} is no Silver table of this pipeline; use ${known.join(', ')}`);
}

function otherProblems({ dryRun, startedAt, after }: Readonly<Record<string, unknown>>): string[] {
  return [
    ...dryRun === undefined || typeof dryRun === 'boolean' ? [] : [`dryRun: ${JSON.stringify(dryRun)} is neither true nor false`],
    ...startedAt === undefined || isTime(startedAt) ? [] : [`startedAt: ${JSON.stringify(startedAt)} is no ISO time; send "next" of the last report as it is`],
    ...after === undefined || typeof after === 'string' ? [] : [`after: ${JSON.stringify(after)} is no key; send "next" of the last report as it is`],
  ];
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}
