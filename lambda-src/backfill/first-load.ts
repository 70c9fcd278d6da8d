import { createHash } from 'node:crypto';

/** What first loads are named after, in the place of an execution. */
export const FIRST = 'first';

/** The id of the load that is done once for ever for each source. */
export function firstLoadId(table: string): string {
  return `${FIRST}-${table}`;
}

/** For a source that has taken the place of one that was loaded. */
export function firstLoadIdOfAnother(table: string, source: string): string {
  return `${firstLoadId(table)}-${createHash('sha256').update(source).digest('hex').slice(0, 16)}`;
}

export function isFirstLoad(id: string, table: string): boolean {
  return new RegExp(`^${firstLoadId(table)}(-[0-9a-f]{16})?$`).test(id);
}
