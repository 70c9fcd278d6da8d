import { MalformedQueryError } from '../errors';
import { alterTable } from './alter-table';
import { createTable } from './create-table';
import { tableName, trinoTable, type NamedTable } from './names';
import { Reader } from './reader';
import { scan, type Token } from './scan';

/** As GetQueryExecution reports it. */
export type StatementType = 'DDL' | 'DML' | 'UTILITY';

/** What Trino is to do for a statement. */
export type Work =
  | { readonly kind: 'run'; readonly sql: readonly string[] }
  | { readonly kind: 'optimize'; readonly table: NamedTable; readonly where: string }
  | { readonly kind: 'vacuum'; readonly table: NamedTable };

export interface AthenaStatement {
  readonly type: StatementType;
  /** A SELECT's first row of results repeats the names of its columns. */
  readonly returns: 'rows-with-header' | 'rows' | 'nothing';
  /** Called when the execution starts: what Athena finds only then fails the execution, with ExecutionFailure. */
  readonly work: () => Work;
}

/**
 * Takes a text as StartQueryExecution takes it. Throws MalformedQueryError for what Athena refuses there: Trino's DDL, two
 * statements, the wrong quotes.
 */
export function readStatement(sql: string): AthenaStatement {
  const tokens = scan(sql).filter(({ kind }) => kind !== 'comment');
  assertSingle(sql, tokens);
  const reader = new Reader(sql.replace(/;\s*$/, ''));
  if (reader.tryWords('CREATE')) return created(reader, tokens);
  if (reader.tryWords('ALTER', 'TABLE')) return ddl(tokens, alterTable(reader));
  if (reader.tryWords('DROP')) return dropped(reader, tokens);
  if (reader.tryWords('OPTIMIZE')) return optimized(reader, tokens);
  if (reader.tryWords('VACUUM')) return vacuumed(reader, tokens);
  if (reader.tryWords('SHOW') || reader.tryWords('DESCRIBE')) {
    return { ...ddl(tokens, () => run(sql.replaceAll('`', '"'))), type: 'UTILITY', returns: 'rows' };
  }
  const first = reader.peek()?.text.toUpperCase() ?? '';
  if (!['SELECT', 'WITH', 'VALUES', '(', 'MERGE', 'INSERT', 'UPDATE', 'DELETE'].includes(first)) {
    throw new MalformedQueryError(`mismatched input '${first}'. Queries of this type are not supported`);
  }
  return dml(sql, tokens, ['MERGE', 'INSERT', 'UPDATE', 'DELETE'].includes(first) ? 'nothing' : 'rows-with-header');
}

function created(reader: Reader, tokens: readonly Token[]): AthenaStatement {
  if (reader.tryWords('OR', 'REPLACE', 'VIEW') || reader.tryWords('VIEW')) return { ...dml(reader.sql, tokens, 'nothing'), type: 'DDL' };
  const external = reader.tryWords('EXTERNAL');
  reader.words('TABLE');
  return ddl(tokens, createTable(reader, external));
}

function dropped(reader: Reader, tokens: readonly Token[]): AthenaStatement {
  if (reader.tryWords('VIEW')) return { ...dml(reader.sql, tokens, 'nothing'), type: 'DDL' };
  reader.words('TABLE');
  const condition = reader.tryWords('IF', 'EXISTS') ? 'IF EXISTS ' : '';
  const table = trinoTable(tableName(reader));
  reader.end();
  return ddl(tokens, () => run(`DROP TABLE ${condition}${table}`));
}

/** `OPTIMIZE t REWRITE DATA USING BIN_PACK [WHERE …]`; names as in DDL, the predicate as in a query. */
function optimized(reader: Reader, tokens: readonly Token[]): AthenaStatement {
  const table = tableName(reader);
  reader.words('REWRITE', 'DATA', 'USING', 'BIN_PACK');
  const where = reader.rest();
  if (where !== '' && !/^WHERE\b/i.test(where)) throw new MalformedQueryError(`mismatched input '${where}' expecting 'WHERE'`);
  assertNone(tokens, 'backquoted', 'inside a predicate', ({ start }) => start >= reader.sql.length - where.length);
  assertNone(tokens, 'double-quoted', 'around the name of a table', ({ start }) => start < reader.sql.length - where.length);
  return { type: 'DDL', returns: 'nothing', work: () => ({ kind: 'optimize', table, where }) };
}

function vacuumed(reader: Reader, tokens: readonly Token[]): AthenaStatement {
  assertNone(tokens, 'double-quoted', 'in VACUUM');
  if (reader.peek(1)?.text === '.' && reader.peek()?.kind === 'backquoted') {
    throw new MalformedQueryError('backquoted identifiers are not supported around the database of VACUUM');
  }
  const table = tableName(reader);
  reader.end();
  return { type: 'DML', returns: 'nothing', work: () => ({ kind: 'vacuum', table }) };
}

function ddl(tokens: readonly Token[], work: () => Work): AthenaStatement {
  assertNone(tokens, 'double-quoted', 'in DDL');
  return { type: 'DDL', returns: 'nothing', work };
}

function dml(sql: string, tokens: readonly Token[], returns: AthenaStatement['returns']): AthenaStatement {
  assertNone(tokens, 'backquoted', 'in queries; use double quotes to quote identifiers');
  return { type: 'DML', returns, work: () => run(withDoubles(sql).replace(/;\s*$/, '')) };
}

/** A bare 1.5 is a double on Athena, a decimal on Trino. */
function withDoubles(sql: string): string {
  const decimals = scan(sql).filter(({ kind, text }) => kind === 'number' && /^\d+\.\d*$/.test(text));
  return decimals.reduceRight((text, { end }) => `${text.slice(0, end)}E0${text.slice(end)}`, sql);
}

function run(...sql: readonly string[]): Work {
  return { kind: 'run', sql };
}

function assertSingle(sql: string, tokens: readonly Token[]): void {
  if (tokens.length === 0) throw new MalformedQueryError("mismatched input '<EOF>'");
  if (tokens.slice(0, -1).some(({ text }) => text === ';')) throw new MalformedQueryError(`Only one sql statement is allowed. Got: ${sql}`);
}

function assertNone(tokens: readonly Token[], kind: Token['kind'], where: string, among: (token: Token) => boolean = () => true): void {
  const found = tokens.find(token => token.kind === kind && among(token));
  if (found) throw new MalformedQueryError(`mismatched input '${found.text}' at ${found.start}: ${kind} identifiers are not supported ${where}`);
}
