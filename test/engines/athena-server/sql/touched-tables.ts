import { scan, type Token } from './scan';

export interface TouchedTable {
  readonly database: string;
  readonly table: string;
  readonly access: 'read' | 'write' | 'create' | 'delete';
  /** Where a table is created. */
  readonly location?: string;
}

const WRITES: readonly (readonly [RegExp, TouchedTable['access']])[] = [
  [/^CREATE/, 'create'], [/^(MERGE|INSERT|UPDATE|DELETE|ALTER|OPTIMIZE|VACUUM)/, 'write'], [/^DROP/, 'delete'],
];

/** The tables that a statement names with their database, each once; of a statement that writes, the first is what it writes. */
export function touchedTables(sql: string): TouchedTable[] {
  const tokens = scan(sql).filter(({ kind }) => kind !== 'comment');
  const verb = tokens[0]?.text.toUpperCase() ?? '';
  const names = tokens.flatMap((token, index) => isQualified(tokens, index) ? [[bare(token), bare(tokens[index + 2])] as const] : []);
  const written = WRITES.find(([pattern]) => pattern.test(verb))?.[1];
  const location = /\bLOCATION\s+'([^']*)'/i.exec(sql)?.[1];
  const touched = names.map(([database, table], index): TouchedTable => {
    const access = index === 0 && written !== undefined ? written : 'read';
    return { database, table, access, ...(access === 'create' && location !== undefined && { location }) };
  });
  const isSame = (one: TouchedTable) => ({ database, table }: TouchedTable): boolean => database === one.database && table === one.table;
  return touched.filter((one, index) => touched.findIndex(isSame(one)) === index);
}

/** `"a"."b"` is a table; a column stands behind a bare alias. */
function isQualified(tokens: readonly Token[], index: number): boolean {
  const isName = (token: Token | undefined): boolean => token?.kind === 'double-quoted' || token?.kind === 'backquoted';
  return isName(tokens[index]) && tokens[index + 1]?.text === '.' && isName(tokens[index + 2]);
}

function bare({ text }: Token): string {
  return text.slice(1, -1).toLowerCase();
}
