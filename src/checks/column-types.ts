import type { ColumnSpec, ColumnType, TimestampFormatSpec } from '../spec/column-type';
import type { Named } from '../spec/pipeline-spec';
import { compilePattern } from '../spec/timestamp-pattern';
import type { Check } from './check';
import type { Problem } from './problem';

const SET_ELEMENTS: readonly ColumnType['kind'][] = ['string', 'integer', 'bigint', 'double', 'decimal'];

/** Column types that exist: their numbers within bounds, their nesting as DynamoDB and the lake have it. */
export const checkColumnTypes: Check = ({ declaration }) => Object.entries(declaration.tables)
  .flatMap(([name, table]) => columnProblems(`tables.${name}.columns`, table.columns, 'column'));

type Place = 'column' | 'nested';

function columnProblems(path: string, columns: Named<ColumnSpec>, place: Place): Problem[] {
  return Object.entries(columns).flatMap(([name, { attribute, type }]) => [
    ...(attribute === '' ? [{ path: `${path}.${name}`, what: 'an empty attribute name', fix: 'name the attribute' }] : []),
    ...typeProblems(`${path}.${name}`, type, place),
  ]);
}

function typeProblems(path: string, type: ColumnType, place: Place): Problem[] {
  switch (type.kind) {
    case 'decimal': return decimalProblems(path, type.precision, type.scale);
    case 'binary': return place === 'column' ? [] : [{ path, what: 'binary values inside another value', fix: 'declare the column as Column.json()' }];
    case 'timestamp': return formatProblems(path, type.format);
    case 'list': return typeProblems(path, type.element, 'nested');
    case 'map': return typeProblems(path, type.value, 'nested');
    case 'set': return SET_ELEMENTS.includes(type.element.kind) ? typeProblems(path, type.element, 'nested') : [{
      path, what: `a set of ${type.element.kind}`, fix: `DynamoDB has sets of strings and numbers: use ${SET_ELEMENTS.join(', ')}, or Column.json()`,
    }];
    case 'struct': return Object.keys(type.fields).length === 0
      ? [{ path, what: 'a struct without fields', fix: 'name its fields, or use Column.json()' }]
      : columnProblems(path, type.fields, 'nested');
    default: return [];
  }
}

/** Other languages hand over floating point numbers. */
function decimalProblems(path: string, precision: number, scale: number): Problem[] {
  const value = `${precision}, ${scale}`;
  if (!Number.isInteger(precision) || precision < 1 || precision > 38) {
    return [{ path, what: 'a decimal of that precision does not exist', value, fix: 'use a whole number from 1 to 38' }];
  }
  if (!Number.isInteger(scale) || scale < 0 || scale > precision) {
    return [{ path, what: 'a decimal of that scale does not exist', value, fix: `use a whole number from 0 to ${precision}` }];
  }
  return [];
}

function formatProblems(path: string, format: TimestampFormatSpec): Problem[] {
  if (format.kind !== 'pattern') return [];
  try {
    compilePattern(format.pattern);
    return [];
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return [{ path, what, fix: "write it like 'yyyy-MM-dd HH:mm:ss', or use another TimestampFormat" }];
  }
}
