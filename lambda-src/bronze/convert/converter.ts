import type { ColumnType } from '../../../src/spec/column-type';
import { isNull } from './attribute';
import { jsonConverter } from './json';
import { Misfit } from './misfit';
import {
  convertBigint, convertBinary, convertBoolean, convertDate, convertDouble, convertInteger, convertString, decimalConverter, type Convert,
} from './scalar';
import { timestampConverter } from './timestamp';

/** What a Parquet column takes: bigint for bigint and for the unscaled value of a decimal, days since 1970 for a date. */
export type PhysicalValue = string | number | bigint | boolean | Uint8Array;

/** An attribute value, or undefined where the item has no such attribute, as a column of its type stores it. */
export type Converter = (value: unknown) => PhysicalValue | null | Misfit;

/** Compiles the type once, for many values. */
export function converterOf(type: ColumnType): Converter {
  const convert = presentValueConverter(type);
  return value => isNull(value) ? null : convert(value);
}

function presentValueConverter(type: ColumnType): Convert<PhysicalValue> {
  switch (type.kind) {
    case 'string': return convertString;
    case 'boolean': return convertBoolean;
    case 'integer': return convertInteger;
    case 'bigint': return convertBigint;
    case 'double': return convertDouble;
    case 'date': return convertDate;
    case 'binary': return convertBinary;
    case 'decimal': return decimalConverter(type);
    case 'timestamp': return timestampConverter(type.format);
    case 'json': case 'list': case 'set': case 'map': case 'struct': return jsonConverter(type);
  }
}
