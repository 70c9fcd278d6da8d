import type { Named } from '../../spec/pipeline-spec';
import { BIGINT, BOOLEAN, VARCHAR } from '../sql-type';
import { fixed, type SupportedFunction } from './supported-function';

/** Lengths and places count code points from 1; NULL for any argument gives NULL. */
export const TEXT_FUNCTIONS: Named<SupportedFunction> = {
  // Unicode's simple mapping, character by character: 'ß' stays.
  lower: fixed('lower(varchar)', ['varchar'], VARCHAR),
  upper: fixed('upper(varchar)', ['varchar'], VARCHAR),
  // White space at the ends: spaces, tabs, line ends.
  trim: fixed('trim(varchar)', ['varchar'], VARCHAR),
  ltrim: fixed('ltrim(varchar)', ['varchar'], VARCHAR),
  rtrim: fixed('rtrim(varchar)', ['varchar'], VARCHAR),
  length: fixed('length(varchar)', ['varchar'], BIGINT),
  // A negative start counts from the end; start 0 or beyond either end gives ''.
  substr: fixed('substr(varchar, start[, length])', ['varchar', 'bigint', 'bigint'], VARCHAR, 2),
  // Every occurrence; without a replacement they are removed.
  replace: fixed('replace(varchar, search[, replacement])', ['varchar', 'varchar', 'varchar'], VARCHAR, 2),
  // Two arguments or more; NULL if one of them is.
  concat: {
    usage: 'concat(varchar, varchar, …)',
    returns: types => types.length >= 2 && types.every(type => type.kind === 'varchar') ? VARCHAR : undefined,
  },
  // Place of the first occurrence, 0 if there is none; 1 for an empty search.
  strpos: fixed('strpos(varchar, search)', ['varchar', 'varchar'], BIGINT),
  starts_with: fixed('starts_with(varchar, prefix)', ['varchar', 'varchar'], BOOLEAN),
  // The part with that number, from 1; NULL if there are fewer. An index below 1 fails.
  split_part: fixed('split_part(varchar, delimiter, index)', ['varchar', 'varchar', 'bigint'], VARCHAR),
  reverse: fixed('reverse(varchar)', ['varchar'], VARCHAR),
  // Exactly that long: longer text is cut at its end.
  lpad: fixed('lpad(varchar, size, padding)', ['varchar', 'bigint', 'varchar'], VARCHAR),
  rpad: fixed('rpad(varchar, size, padding)', ['varchar', 'bigint', 'varchar'], VARCHAR),
  // Upper-case digits, two a byte.
  to_hex: fixed('to_hex(varbinary)', ['varbinary'], VARCHAR),
};
