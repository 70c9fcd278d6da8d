import { fails, knownType, unlessNull, type Translation } from './argument';

export const COLLECTION_CALLS: { readonly [name: string]: Translation } = {
  cardinality: ([{ sql, type }]) => knownType('cardinality()', type).kind === 'map' ? `CAST(cardinality(${sql}) AS BIGINT)` : `len(${sql})`,
  contains: parameters => {
    const [array, element] = parameters;
    const found = `list_contains(${array.sql}, ${element.sql})`;
    const holdsNull = `list_count(${array.sql}) < len(${array.sql})`;
    return unlessNull(parameters, `CASE WHEN ${found} THEN TRUE WHEN ${holdsNull} THEN NULL ELSE FALSE END`);
  },
  element_at: parameters => {
    const [container, place] = parameters;
    const element = `${container.sql}[${place.sql}]`;
    if (knownType('element_at()', container.type).kind === 'map') return `(${element})`;
    return unlessNull(parameters, `CASE WHEN ${place.sql} = 0 THEN ${fails('SQL array indices start at 1')} ELSE ${element} END`);
  },
  array_join: parameters => {
    const [array, delimiter] = parameters;
    return unlessNull(parameters, `coalesce(array_to_string(${array.sql}, ${delimiter.sql}), '')`);
  },
  /**
   * Text that is no JSON gives NULL in Trino, unless the path is found before the mistake. Numbers keep their text there; the
   * embedded engine would print `1.50` as `1.5`.
   */
  json_extract_scalar: ([json, path]) => {
    const type = `json_type(${json.sql}, ${path.sql})`;
    return [
      `CASE WHEN ${json.sql} IS NULL THEN NULL`,
      `WHEN NOT json_valid(${json.sql}) THEN CASE WHEN regexp_matches(${json.sql}, '^\\s*[{\\["0-9-]')`,
      `THEN ${fails('json_extract_scalar() of broken JSON cannot run on the embedded engine')} END`,
      `WHEN ${type} IN ('OBJECT', 'ARRAY', 'NULL') THEN NULL`,
      `WHEN ${type} = 'DOUBLE' THEN ${fails('json_extract_scalar() of a number with a fraction cannot run on the embedded engine')}`,
      `ELSE json_extract_string(${json.sql}, ${path.sql}) END`,
    ].join(' ');
  },
};
