import { fails, literalOf, unlessNull, type Argument, type Translation } from './argument';
import { NotLocalError } from './not-local-error';

/** What Java calls white space, which is what Trino trims; a no-break space is none. */
const WHITE_SPACE = '\t\n\v\f\r\x1c\x1d\x1e\x1f \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u2028\u2029\u205f\u3000';

export const TEXT_CALLS: { readonly [name: string]: Translation } = {
  lower: ([text]) => `lower(${text.sql})`,
  // The embedded engine has a capital of 'ß', which is none of the simple mappings.
  upper: ([text]) => `array_to_string(list_transform(string_split(${text.sql}, 'ß'), lambda "_part": upper("_part")), 'ß')`,
  trim: ([text]) => `trim(${text.sql}, '${WHITE_SPACE}')`,
  ltrim: ([text]) => `ltrim(${text.sql}, '${WHITE_SPACE}')`,
  rtrim: ([text]) => `rtrim(${text.sql}, '${WHITE_SPACE}')`,
  length: ([text]) => text.type?.kind === 'varbinary' ? `octet_length(${text.sql})` : `length(${text.sql})`,
  substr: parameters => {
    const [text, start, size] = parameters;
    const outside = isPositive(start) ? [] : [`${start.sql} = 0`, `- ${start.sql} > length(${text.sql})`];
    const nothing = [...outside, ...size && !isPositive(size) ? [`${size.sql} <= 0`] : []];
    const part = `substr(${[text, start, ...size ? [size] : []].map(({ sql }) => sql).join(', ')})`;
    if (nothing.length === 0) return part;
    return unlessNull(parameters, `CASE WHEN ${nothing.join(' OR ')} THEN '' ELSE ${part} END`);
  },
  replace: ([text, search, replacement]) => {
    const replaced = `replace(${text.sql}, ${search.sql}, ${replacement ? replacement.sql : "''"})`;
    return notEmpty('replace', search, replaced);
  },
  concat: parameters => `(${parameters.map(({ sql }) => sql).join(' || ')})`,
  strpos: ([text, search]) => `strpos(${text.sql}, ${search.sql})`,
  starts_with: ([text, prefix]) => `starts_with(${text.sql}, ${prefix.sql})`,
  split_part: parameters => {
    const [text, delimiter, index] = parameters;
    const part = notEmpty('split_part', delimiter, `string_split(${text.sql}, ${delimiter.sql})[${index.sql}]`);
    return unlessNull(parameters, `CASE WHEN ${index.sql} < 1 THEN ${fails('Index must be greater than zero')} ELSE ${part} END`);
  },
  // By code points; the embedded engine's own keeps composed characters together.
  reverse: ([text]) => `array_to_string(list_transform(range(length(${text.sql}), 0, -1), lambda "_place": substr(${text.sql}, "_place", 1)), '')`,
  lpad: parameters => padded('lpad', parameters),
  rpad: parameters => padded('rpad', parameters),
  to_hex: ([bytes]) => `hex(${bytes.sql})`,
};

function isPositive(number: Argument): boolean {
  return Number(literalOf(number) ?? 0) > 0;
}

/** Trino takes an empty search text for the place between any two characters. */
function notEmpty(name: string, search: Argument, sql: string): string {
  const text = literalOf(search);
  if (text === '') throw new NotLocalError(`the function ${name}() with an empty search text`, 'Search for one character or more.');
  if (text !== undefined) return sql;
  return `CASE WHEN ${search.sql} = '' THEN ${fails(`${name}() with an empty search text cannot run on the embedded engine`)} ELSE ${sql} END`;
}

function padded(name: 'lpad' | 'rpad', parameters: readonly Argument[]): string {
  const [text, size, padding] = parameters;
  return unlessNull(parameters, [
    `CASE WHEN ${size.sql} < 0 THEN ${fails('Target length must not be negative')}`,
    `WHEN ${padding.sql} = '' THEN ${fails('Padding string must not be empty')}`,
    `ELSE ${name}(${text.sql}, CAST(${size.sql} AS INTEGER), ${padding.sql}) END`,
  ].join(' '));
}
