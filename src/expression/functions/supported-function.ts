import type { Expression } from '../expression';
import { isNumeric, sameType, type SqlType } from '../sql-type';
import { isTime } from '../type-rules';

/** A Trino function whose types are known here and whose result can be made the same on every engine. */
export interface SupportedFunction {
  /** How it is called, for messages: `lower(varchar)`. */
  readonly usage: string;
  /** Type of the result; undefined if it does not take these arguments. */
  readonly returns: (types: readonly SqlType[], parts: readonly Expression[]) => SqlType | undefined;
}

/** What one argument may be. */
export type Parameter = 'varchar' | 'boolean' | 'bigint' | 'double' | 'number' | 'time' | 'date' | 'timestamp' | 'varbinary' | 'array' | 'any';

/** A function of these parameters; those after `required` may be left out. */
export function fixed(usage: string, parameters: readonly Parameter[], result: SqlType, required = parameters.length): SupportedFunction {
  return { usage, returns: types => takes(types, parameters, required) ? result : undefined };
}

export function takes(types: readonly SqlType[], parameters: readonly Parameter[], required = parameters.length): boolean {
  return types.length >= required && types.length <= parameters.length && types.every((type, i) => accepts(parameters[i], type));
}

export function allSame(types: readonly SqlType[]): boolean {
  return types.every(type => sameType(type, types[0]));
}

/** The text of an argument that must be written as a literal. */
export function literalText(part: Expression | undefined): string | undefined {
  return part?.kind === 'literal' && part.type.kind === 'varchar' ? part.value?.toLowerCase() : undefined;
}

function accepts(parameter: Parameter, type: SqlType): boolean {
  switch (parameter) {
    case 'any': return true;
    case 'number': case 'double': return isNumeric(type);
    case 'bigint': return type.kind === 'bigint' || type.kind === 'integer';
    case 'time': return isTime(type);
    default: return type.kind === parameter;
  }
}
