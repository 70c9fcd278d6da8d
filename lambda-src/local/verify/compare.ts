import type { Row } from '../../ports/query-engine';
import { SHOWN_DIFFERENCES, type Difference, type TableCheck } from './table-check';

export type Read = (sql: string) => Promise<Row[]>;

/** Two relations with the same columns, rows in any order; all members are queries. */
export interface Comparison {
  readonly layer: TableCheck['layer'];
  readonly table: string;
  readonly actual: string;
  readonly expected: string;
  /** Rows that one has and the other has not. */
  readonly missing: string;
  readonly unexpected: string;
}

export async function compare(read: Read, { layer, table, actual, expected, missing, unexpected }: Comparison): Promise<TableCheck> {
  const rows = await count(read, actual);
  const expectedRows = await count(read, expected);
  const missingRows = await differences(read, 'missing', missing);
  const unexpectedRows = await differences(read, 'unexpected', unexpected);
  const verdict = rows === expectedRows && missingRows.length === 0 && unexpectedRows.length === 0 ? 'equal' : 'different';
  // A changed row shows on both sides; some of each tell more than five of one.
  const fromMissing = Math.max(SHOWN_DIFFERENCES - unexpectedRows.length, Math.ceil(SHOWN_DIFFERENCES / 2));
  const shown = [...missingRows.slice(0, fromMissing), ...unexpectedRows].slice(0, SHOWN_DIFFERENCES);
  return { layer, table, rows, expected: expectedRows, verdict, differences: shown };
}

/** Rows of one query that the other has not, and the other way round, duplicates counted. */
export function exactDifferences(actual: string, expected: string): Pick<Comparison, 'missing' | 'unexpected'> {
  return {
    missing: `(${expected}) EXCEPT ALL (${actual})`,
    unexpected: `(${actual}) EXCEPT ALL (${expected})`,
  };
}

async function count(read: Read, query: string): Promise<number> {
  const [{ rows }] = await read(`SELECT count(*) AS rows FROM (${query})`);
  return Number(rows);
}

async function differences(read: Read, kind: Difference['kind'], query: string): Promise<Difference[]> {
  return (await read(`SELECT * FROM (${query}) ORDER BY ALL LIMIT ${SHOWN_DIFFERENCES}`)).map(row => ({ kind, row }));
}
