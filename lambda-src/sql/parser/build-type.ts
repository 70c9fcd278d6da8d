import * as P from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser';
import type { TextPosition } from '../../../src/expression/parse-result';
import {
  BIGINT, BOOLEAN, DATE, DOUBLE, INTEGER, TIMESTAMP, VARBINARY, VARCHAR, decimal, type SqlType,
} from '../../../src/expression/sql-type';
import { refuse } from './refused';

const SIMPLE: { readonly [name: string]: SqlType } = {
  varchar: VARCHAR, boolean: BOOLEAN, int: INTEGER, integer: INTEGER, bigint: BIGINT, double: DOUBLE, date: DATE, varbinary: VARBINARY,
};

const INSTEAD: { readonly [name: string]: string } = {
  string: 'varchar',
  text: 'varchar',
  char: 'varchar',
  smallint: 'integer',
  tinyint: 'integer',
  real: 'double',
  float: 'double',
  numeric: 'decimal(p,s)',
};

/** The type that a CAST names. */
export function castType(context: P.TypeContext, position: TextPosition): SqlType {
  const text = context.getText().toLowerCase();
  if (context instanceof P.DoublePrecisionTypeContext) return DOUBLE;
  if (context instanceof P.DateTimeTypeContext) return timestampType(context, text, position);
  if (!(context instanceof P.GenericTypeContext)) return refuseType(text, position);
  const name = context.identifier().getText().toLowerCase();
  const parameters = context.typeParameter().map(parameter => parameter.getText());
  if (name === 'decimal') return decimalType(parameters, text, position);
  if (name === 'varchar' && parameters.length > 0) {
    return refuse(position, `the type ${text} cuts text off`, 'write varchar, and substr(…) where text is to be cut');
  }
  if (parameters.length === 0 && Object.hasOwn(SIMPLE, name)) return SIMPLE[name];
  return refuseType(text, position);
}

function timestampType(context: P.DateTimeTypeContext, text: string, position: TextPosition): SqlType {
  const precision = context.typeParameter()?.getText() ?? '6';
  if (context._base?.text?.toLowerCase() !== 'timestamp' || precision !== '6' || context.KW_ZONE()) {
    return refuse(position, `the type ${text}`, 'write timestamp: microseconds in UTC, without a zone');
  }
  return TIMESTAMP;
}

function decimalType(parameters: readonly string[], text: string, position: TextPosition): SqlType {
  const [precision, scale] = [Number(parameters[0] ?? 38), Number(parameters[1] ?? 0)];
  const fits = parameters.length <= 2 && Number.isInteger(precision) && Number.isInteger(scale)
    && precision >= 1 && precision <= 38 && scale >= 0 && scale <= precision;
  if (!fits) refuse(position, `the type ${text}`, 'write decimal(p,s) with p from 1 to 38 and s from 0 to p');
  return decimal(precision, scale);
}

function refuseType(text: string, position: TextPosition): never {
  const instead = INSTEAD[text.replace(/\(.*$/, '')];
  return refuse(position, `the type ${text}`,
    instead ? `write ${instead}` : 'use varchar, boolean, integer, bigint, double, decimal(p,s), date, timestamp or varbinary');
}
