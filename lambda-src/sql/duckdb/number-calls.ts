import type { SqlType } from '../../../src/expression/sql-type';
import { knownType, literalOf, type Argument, type Translation } from './argument';
import { arithmetic } from './arithmetic';
import { duckDbCast } from './casts';
import { NotLocalError } from './not-local-error';
import { duckDbType } from './type-name';

export const NUMBER_CALLS: { readonly [name: string]: Translation } = {
  abs: ([number]) => `abs(${number.sql})`,
  ceiling: ([number], type) => whole('ceil', number, knownType('ceiling()', type)),
  floor: ([number], type) => whole('floor', number, knownType('floor()', type)),
  round: ([number, places], type) => places ? rounded(number, places, knownType('round()', type)) : whole('round', number, knownType('round()', type)),
  sign: ([number], type) => {
    const sign = `CAST(sign(${number.sql}) AS ${duckDbType(knownType('sign()', type))})`;
    return number.type?.kind === 'double' ? `CASE WHEN isnan(${number.sql}) THEN ${number.sql} ELSE ${sign} END` : sign;
  },
  mod: ([left, right], type) => `(${arithmetic('%', left, right, type)})`,
  power: ([base, exponent]) => `pow(${asDouble(base)}, ${asDouble(exponent)})`,
  sqrt: ([number]) => `CASE WHEN ${asDouble(number)} < 0 THEN ${NAN} ELSE sqrt(${asDouble(number)}) END`,
  exp: ([number]) => `exp(${asDouble(number)})`,
  ln: ([number]) => logarithm('ln', number),
  log10: ([number]) => logarithm('log10', number),
};

const NAN = "CAST('NaN' AS DOUBLE)";

function whole(name: 'ceil' | 'floor' | 'round', number: Argument, type: SqlType): string {
  switch (type.kind) {
    case 'integer': case 'bigint': return number.sql;
    case 'decimal': return `CAST(${name}(${widest(number)}) AS ${duckDbType(type)})`;
    default: return `${name}(${number.sql})`;
  }
}

function rounded(number: Argument, places: Argument, type: SqlType): string {
  switch (type.kind) {
    case 'integer': case 'bigint':
      return `CASE WHEN ${places.sql} >= 0 THEN ${number.sql} ELSE CAST(round(${number.sql}, CAST(${places.sql} AS INTEGER)) AS ${duckDbType(type)}) END`;
    case 'decimal': return `CAST(round(${widest(number)}, ${constantPlaces(places)}) AS ${duckDbType(type)})`;
    default: {
      // Trino's own steps, sign apart: another order of them rounds other doubles.
      const factor = `pow(CAST(10 AS DOUBLE), ${places.sql})`;
      return `CASE WHEN ${number.sql} < 0 THEN - (round(- ${number.sql} * ${factor}) / ${factor}) ELSE round(${number.sql} * ${factor}) / ${factor} END`;
    }
  }
}

/** The embedded engine's ROUND of a decimal takes its places from the text. */
function constantPlaces(places: Argument): string {
  const negated = places.node.kind === 'negate' && places.node.operand.kind === 'literal' ? places.node.operand.value : undefined;
  const text = negated ? `-${negated}` : literalOf(places);
  if (text === undefined) throw new NotLocalError('the function round() of a decimal to a number of places that is not written out', 'Write the number.');
  return text;
}

/** With room for a digit that rounding carries over. */
function widest({ sql, type }: Argument): string {
  return type?.kind === 'decimal' ? `CAST(${sql} AS DECIMAL(38, ${type.scale}))` : sql;
}

function logarithm(name: 'ln' | 'log10', number: Argument): string {
  const value = asDouble(number);
  return `CASE WHEN ${value} < 0 THEN ${NAN} WHEN ${value} = 0 THEN CAST('-Infinity' AS DOUBLE) ELSE ${name}(${value}) END`;
}

function asDouble(number: Argument): string {
  return duckDbCast('cast', number, { kind: 'double' });
}
