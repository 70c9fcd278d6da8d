import * as P from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser';
import type { Expression, Literal } from '../../../src/expression/expression';
import type { TextPosition } from '../../../src/expression/parse-result';
import { BIGINT, DATE, DOUBLE, INTEGER, TIMESTAMP, decimal } from '../../../src/expression/sql-type';
import { refuse } from './refused';

const MAX_INTEGER = 2_147_483_647n;
const MAX_BIGINT = 9_223_372_036_854_775_807n;
const MAX_PRECISION = 38;

/** `42`, `1.50`, `1.5e0`: integer or bigint by size, a decimal by its digits, a double only with an exponent. */
export function numberLiteral(context: P.NumberContext, position: TextPosition): Expression {
  const text = context.getText();
  if (text.startsWith('-')) return { kind: 'negate', operand: unsignedLiteral(context, text.slice(1), position) };
  return unsignedLiteral(context, text, position);
}

/** The text between quotes, with its doubled quotes made single. */
export function stringValue(context: P.StringContext, position: TextPosition): string {
  if (!(context instanceof P.BasicStringLiteralContext)) refuse(position, 'a string with escapes', "write the characters themselves: 'é'");
  const value = context.getText().slice(1, -1).replaceAll("''", "'");
  if (value.includes('\0')) refuse(position, 'a string with a NUL character', 'leave the character out');
  if (/\p{Surrogate}/u.test(value)) refuse(position, 'a string with half a character', 'complete the surrogate pair');
  return value;
}

/** `DATE '2026-01-31'`, `TIMESTAMP '2026-01-31 10:00:00'`, `DECIMAL '1.50'`. */
export function typedLiteral(typeName: string, value: string, position: TextPosition): Expression {
  switch (typeName) {
    case 'date': return { kind: 'literal', type: DATE, value: checkedDate(value.trim(), position) };
    case 'timestamp': return { kind: 'literal', type: TIMESTAMP, value: timestampText(value.trim(), position) };
    case 'decimal': return signedDecimal(value.trim(), position);
    default: return refuse(position, `a literal ${typeName.toUpperCase()} '…'`, `write CAST('${value}' AS ${typeName})`);
  }
}

function unsignedLiteral(context: P.NumberContext, text: string, position: TextPosition): Literal {
  if (context instanceof P.DecimalLiteralContext) return decimalLiteral(text, position);
  if (context instanceof P.DoubleLiteralContext) return { kind: 'literal', type: DOUBLE, value: text.toUpperCase() };
  if (!/^\d+$/.test(text)) refuse(position, `the number '${text}'`, 'write it in decimal digits');
  const value = BigInt(text);
  if (value > MAX_BIGINT) refuse(position, `${text} does not fit a bigint`, `write DECIMAL '${text}'`);
  return { kind: 'literal', type: value > MAX_INTEGER ? BIGINT : INTEGER, value: value.toString() };
}

function signedDecimal(text: string, position: TextPosition): Expression {
  const literal = decimalLiteral(text.replace(/^[+-]/, ''), position);
  return text.startsWith('-') ? { kind: 'negate', operand: literal } : literal;
}

/** Zeros in front count as no digit, as in Trino: `0.50` is a decimal(2,2). */
function decimalLiteral(text: string, position: TextPosition): Literal {
  const match = /^(\d*)\.?(\d*)$/.exec(text);
  if (!match || match[1] + match[2] === '') return refuse(position, `'${text}' is no decimal`, "write it as DECIMAL '12.50'");
  const [, whole, fraction] = match;
  const significant = whole.replace(/^0+/, '');
  const precision = Math.max(1, significant.length + fraction.length);
  if (precision > MAX_PRECISION) refuse(position, `'${text}' has ${precision} digits`, `write ${MAX_PRECISION} digits at most`);
  return { kind: 'literal', type: decimal(precision, fraction.length), value: `${significant || '0'}${fraction ? `.${fraction}` : ''}` };
}

function timestampText(text: string, position: TextPosition): string {
  const match = /^(\d{4}-\d{2}-\d{2})(?: (\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?)?$/.exec(text);
  const fix = "write TIMESTAMP '2026-01-31 10:00:00', in UTC and without a zone";
  if (!match) return refuse(position, `'${text}' is no timestamp`, fix);
  const [, date, hour = '00', minute = '00', second = '00', fraction = ''] = match;
  checkedDate(date, position);
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) refuse(position, `'${text}' is no time of day`, fix);
  return `${date} ${hour}:${minute}:${second}.${fraction.padEnd(6, '0')}`;
}

function checkedDate(text: string, position: TextPosition): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  // Date.parse takes 31 February for 3 March.
  const exists = !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) && !text.startsWith('0000');
  if (!exists) refuse(position, `'${text}' is no date`, "write DATE '2026-01-31'");
  return text;
}
