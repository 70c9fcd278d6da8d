import { sameType, typeName, type SqlType } from '../../../src/expression/sql-type';
import { fails, type Argument } from './argument';
import { NotLocalError } from './not-local-error';
import { duckDbType } from './type-name';

type CastKind = 'cast' | 'try-cast';

/** `CAST` or `TRY_CAST` as Trino converts. The library's own casts are of columns without a type, and go through as they are. */
export function duckDbCast(kind: CastKind, argument: Argument, to: SqlType): string {
  const { sql, type: from } = argument;
  const plain = castText(kind, sql, to);
  if (!from || sameType(from, to)) return from ? sql : plain;
  switch (from.kind) {
    case 'varchar': return fromText(kind, sql, to);
    case 'double': return fromDouble(kind, sql, to);
    case 'decimal': return to.kind === 'varchar' ? decimalText(sql, from) : plain;
    case 'timestamp': return to.kind === 'varchar' ? `strftime(${sql}, '%Y-%m-%d %H:%M:%S.%f')` : plain;
    case 'array': case 'map': case 'row': return refuse(from, to);
    default: return plain;
  }
}

/** Text that both engines read alike, and text that Trino may read though the embedded engine does not. */
interface Notation {
  readonly same: string;
  readonly doubtful: string;
}

const WHOLE: Notation = { same: '[+-]?[0-9]+', doubtful: '\\s*[+-]?[0-9]+\\s*' };
const HOUR = '([01][0-9]|2[0-3])';
const NOTATIONS: { readonly [kind: string]: Notation | undefined } = {
  integer: WHOLE,
  bigint: WHOLE,
  decimal: { same: '[+-]?[0-9]+([.][0-9]+)?', doubtful: '.*[0-9].*' },
  double: { same: '[+-]?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?', doubtful: '.*([0-9]|NaN|Infinity).*' },
  date: { same: '[0-9]{4}-[0-9]{2}-[0-9]{2}', doubtful: '.*[0-9]-[0-9]+-[0-9].*' },
  timestamp: { same: `[0-9]{4}-[0-9]{2}-[0-9]{2}( ${HOUR}:[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?)?`, doubtful: '.*[0-9]-[0-9]+-[0-9].*' },
};

function fromText(kind: CastKind, sql: string, to: SqlType): string {
  const invalid = kind === 'cast' ? fails(`Cannot cast this text to ${typeName(to)}`) : 'NULL';
  if (to.kind === 'boolean') {
    return `CASE WHEN ${sql} IS NULL THEN NULL WHEN lower(${sql}) IN ('t', 'true', '1') THEN TRUE WHEN lower(${sql}) IN ('f', 'false', '0') THEN FALSE ELSE ${invalid} END`;
  }
  const notation = NOTATIONS[to.kind];
  if (!notation) return refuse({ kind: 'varchar' }, to);
  const doubt = fails(`This text for ${typeName(to)} cannot be read on the embedded engine as Athena may read it`);
  return [
    `CASE WHEN ${sql} IS NULL THEN NULL`,
    `WHEN regexp_full_match(${sql}, '${notation.same}') THEN ${castText(kind, sql, to)}`,
    `WHEN regexp_full_match(${sql}, '${notation.doubtful}', 's') THEN ${doubt}`,
    `ELSE ${invalid} END`,
  ].join(' ');
}

function fromDouble(kind: CastKind, sql: string, to: SqlType): string {
  switch (to.kind) {
    // Half away from zero; the embedded engine rounds half to even.
    case 'integer': case 'bigint': return castText(kind, `round(${sql})`, to);
    case 'boolean': return castText(kind, sql, to);
    default: return refuse({ kind: 'double' }, to);
  }
}

/** With a digit before the point, which the embedded engine leaves out where the type has none. */
function decimalText(sql: string, from: Extract<SqlType, { kind: 'decimal' }>): string {
  if (from.scale === 38) return refuse(from, { kind: 'varchar' });
  return `CAST(CAST(${sql} AS DECIMAL(38, ${from.scale})) AS VARCHAR)`;
}

function castText(kind: CastKind, sql: string, to: SqlType): string {
  return `${kind === 'cast' ? 'CAST' : 'TRY_CAST'}(${sql} AS ${duckDbType(to)})`;
}

function refuse(from: SqlType, to: SqlType): never {
  throw new NotLocalError(`a CAST from ${typeName(from)} to ${typeName(to)}`, 'It runs on Athena only; leave it out to run locally.');
}
