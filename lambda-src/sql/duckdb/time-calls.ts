import { DATE, type SqlType } from '../../../src/expression/sql-type';
import { knownType, literalOf, type Argument, type Translation } from './argument';
import { duckDbCast } from './casts';
import { NotLocalError } from './not-local-error';
import { duckDbType } from './type-name';

const UNITS: ReadonlySet<string> = new Set(['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year']);

export const TIME_CALLS: { readonly [name: string]: Translation } = {
  year: part('year'),
  quarter: part('quarter'),
  month: part('month'),
  week: part('week'),
  day: part('day'),
  day_of_week: part('isodow'),
  day_of_year: part('dayofyear'),
  hour: part('hour'),
  minute: part('minute'),
  second: part('second'),
  date: ([time]) => duckDbCast('cast', { ...time, type: knownType('date()', time.type) }, DATE),
  last_day_of_month: ([time]) => `CAST(last_day(${time.sql}) AS DATE)`,
  date_trunc: ([unit, time], type) => `CAST(date_trunc('${unitOf('date_trunc', unit)}', ${time.sql}) AS ${typeName('date_trunc()', type)})`,
  date_add: ([unit, count, time], type) => {
    const name = unitOf('date_add', unit);
    return `CAST(${time.sql} + to_${name}s(CAST(${count.sql} AS INTEGER)) AS ${typeName('date_add()', type)})`;
  },
  // Trino counts in whole milliseconds.
  date_diff: ([unit, from, to]) => {
    const floored = ({ sql, type }: Argument): string => type?.kind === 'timestamp' ? `date_trunc('milliseconds', ${sql})` : sql;
    return `date_sub('${unitOf('date_diff', unit)}', ${floored(from)}, ${floored(to)})`;
  },
};

function part(name: string): Translation {
  return ([time]) => `${name}(${time.sql})`;
}

function unitOf(name: string, unit: Argument): string {
  const text = literalOf(unit)?.toLowerCase();
  if (text === undefined || !UNITS.has(text)) {
    throw new NotLocalError(`the function ${name}() with the unit ${text ?? 'of a column'}`, `Write one of ${[...UNITS].join(', ')}.`);
  }
  return text;
}

function typeName(what: string, type: SqlType | undefined): string {
  return duckDbType(knownType(what, type));
}
