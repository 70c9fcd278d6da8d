import type { Named } from '../spec/pipeline-spec';
import { closestName } from './closest-name';
import { COLLECTION_FUNCTIONS } from './functions/collection-functions';
import { KNOWN_FUNCTIONS, OTHER_DIALECTS } from './functions/known-functions';
import { NUMBER_FUNCTIONS } from './functions/number-functions';
import type { SupportedFunction } from './functions/supported-function';
import { TEXT_FUNCTIONS } from './functions/text-functions';
import { TIME_FUNCTIONS } from './functions/time-functions';

/** Functions that choose among their arguments; type inference knows them, since they give NULL literals a type. */
export const CHOOSING_FUNCTIONS = ['coalesce', 'greatest', 'if', 'least', 'nullif'] as const;

/** Functions with known types, beside those that choose. Any other of Trino's parses too, but its type must be stated with a CAST. */
export const FUNCTIONS: Named<SupportedFunction> = {
  ...TEXT_FUNCTIONS,
  ...NUMBER_FUNCTIONS,
  ...TIME_FUNCTIONS,
  ...COLLECTION_FUNCTIONS,
};

/** Every function whose types and meaning are stated here, by name. */
export const FUNCTION_NAMES: readonly string[] = [...Object.keys(FUNCTIONS), ...CHOOSING_FUNCTIONS].sort();

/** What to write instead of a function that does not exist; undefined for one that does. */
export function insteadOfFunction(name: string): string | undefined {
  if (KNOWN_FUNCTIONS.has(name)) return undefined;
  const here = OTHER_DIALECTS.get(name);
  if (here) return `write ${here}`;
  const closest = closestName(name, FUNCTION_NAMES) ?? closestName(name, [...KNOWN_FUNCTIONS]);
  return closest ? `did you mean '${closest}'?` : 'use a scalar function that Trino has';
}
