/** What an attribute value, JSON as DynamoDB writes it, holds under one of its types. */
export function member(attribute: string, type: string): string {
  return `json_extract_string(${attribute}, '$.${type}')`;
}

/** Text that says a number, in an N or an S. */
export function numberIn(attribute: string): string {
  const said = `coalesce(${member(attribute, 'N')}, ${member(attribute, 'S')})`;
  return `CASE WHEN regexp_matches(${said}, '^[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?$') THEN ${said} END`;
}

/** Casts round; a number with more decimals than the type has does not fit. */
export function exact(number: string, precision: number, scale: number): string {
  const decimal = `TRY_CAST(${number} AS DECIMAL(${precision}, ${scale}))`;
  // With an exponent the decimals cannot be counted in the text; a double tells 15 digits apart.
  return `CASE WHEN regexp_matches(${number}, '^[+-]?\\d*(\\.\\d{0,${scale}}0*)?$') THEN ${decimal} `
    + `WHEN regexp_matches(${number}, '[eE]') AND CAST(${decimal} AS DOUBLE) = TRY_CAST(${number} AS DOUBLE) THEN ${decimal} END`;
}
