import { InvalidArgumentError, Option } from 'commander';
import type { ServeOptions } from '../local/show-pages';

/** Readers of command line values, for commander. */

export function count(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('It must be a whole number, 0 or more.');
  return Number(value);
}

/** 0 stands for any that is free. */
export function port(value: string): number {
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) throw new InvalidArgumentError('It must be a port from 0 to 65535.');
  return Number(value);
}

export function seconds(value: string): number {
  if (!/^\d{1,4}(\.\d)?$/.test(value) || Number(value) === 0) throw new InvalidArgumentError('It must be a number of seconds, such as 2 or 0.5.');
  return Number(value);
}

export function watching(): Option {
  return new Option('--watch', 'serve the page, and let changes keep coming: they run to Gold and the page shows them, until Ctrl+C').implies({ serve: true });
}

/** What the options of `--serve` and `--watch` ask for. */
export function served({ serve, port: wanted, watch, beat }: Served): { readonly serve?: ServeOptions } {
  if (!serve) return {};
  return { serve: { port: wanted, ...(watch && { beatSeconds: beat }) } };
}

interface Served {
  readonly serve?: true;
  readonly port: number;
  readonly watch?: true;
  readonly beat: number;
}

/** A time with its zone, as `2026-01-31T09:00:00Z`; given back in UTC. */
export function isoTime(value: string): string {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(value) || Number.isNaN(Date.parse(value))) {
    throw new InvalidArgumentError('It must read like 2026-01-31T09:00:00Z.');
  }
  return new Date(value).toISOString();
}

/** `--source shop-orders-prod=orders`, any number of times. */
export function sourceNames(value: string, former: ReadonlyMap<string, string> = new Map()): ReadonlyMap<string, string> {
  const [tableName, silverTable, ...more] = value.split('=');
  if (!tableName || !silverTable || more.length > 0) throw new InvalidArgumentError('It must read DYNAMODB_TABLE=SILVER_TABLE.');
  return new Map([...former, [tableName, silverTable]]);
}

/** A number of things to make up, which makes no sense where events are given. */
export function madeUp(flags: string, description: string, standard: number): Option {
  return new Option(flags, description).argParser(count).default(standard).conflicts('events');
}

/** A number for every table, and others for some. */
export interface CountsByTable {
  readonly every?: number;
  readonly tables: { readonly [table: string]: number };
}

/** `--changes 1000 --changes orders=50000`, any number of times. */
export function countsByTable(value: string, former: CountsByTable = { tables: {} }): CountsByTable {
  const [first, second] = value.split('=', 2);
  if (second === undefined) return { ...former, every: count(first) };
  if (first === '') throw new InvalidArgumentError('It must be a number, or read TABLE=NUMBER.');
  return { ...former, tables: { ...former.tables, [first]: count(second) } };
}
