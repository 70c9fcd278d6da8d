import { sameType, type SqlType } from '../../../src/expression/sql-type';
import { unlessNull, type Argument, type Translation } from './argument';
import { duckDbCast } from './casts';
import { assertOrdinary } from './comparison';

export const CHOICE_CALLS: { readonly [name: string]: Translation } = {
  coalesce: (parameters, type) => `coalesce(${parameters.map(parameter => asType(parameter, type)).join(', ')})`,
  greatest: (parameters, type) => extreme('greatest', parameters, type),
  least: (parameters, type) => extreme('least', parameters, type),
  if: ([condition, value, otherwise], type) =>
    `CASE WHEN ${condition.sql} THEN ${asType(value, type)}${otherwise ? ` ELSE ${asType(otherwise, type)}` : ''} END`,
  try: ([value]) => `TRY(${value.sql})`,
  nullif: ([value, nothing]) => {
    assertOrdinary('nullif()', [value, nothing]);
    return `CASE WHEN ${value.sql} = ${nothing.sql} THEN NULL ELSE ${value.sql} END`;
  },
};

function extreme(name: 'greatest' | 'least', parameters: readonly Argument[], type: SqlType | undefined): string {
  assertOrdinary(`${name}()`, parameters);
  return unlessNull(parameters, `${name}(${parameters.map(parameter => asType(parameter, type)).join(', ')})`);
}

function asType(parameter: Argument, type: SqlType | undefined): string {
  return type && parameter.type && !sameType(type, parameter.type) ? duckDbCast('cast', parameter, type) : parameter.sql;
}
