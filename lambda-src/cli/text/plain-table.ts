import Table from 'cli-table3';

/** No colours: the text goes to files and logs as well. */
const PLAIN = { head: [], border: [], compact: true };

export type Alignment = 'left' | 'right';

/** Rows under a head, for a terminal. */
export function plainTable(head: readonly string[], rows: readonly (readonly string[])[], alignments?: readonly Alignment[]): string {
  const table = new Table({ head: [...head], style: PLAIN, ...(alignments && { colAligns: [...alignments] }) });
  table.push(...rows.map(row => [...row]));
  return table.toString();
}
