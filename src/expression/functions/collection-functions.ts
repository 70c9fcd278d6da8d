import type { Named } from '../../spec/pipeline-spec';
import { BIGINT, BOOLEAN, VARCHAR, sameType } from '../sql-type';
import { commonType } from '../type-rules';
import { literalText, takes, type SupportedFunction } from './supported-function';

/** `$.a.b[0]`: members and indexes, no wildcards. */
const SIMPLE_PATH = /^\$(\.[A-Za-z_][A-Za-z0-9_]*|\[\d+\])*$/;

/** Arrays, maps and JSON text. */
export const COLLECTION_FUNCTIONS: Named<SupportedFunction> = {
  // Number of elements or entries.
  cardinality: {
    usage: 'cardinality(array or map)',
    returns: types => types.length === 1 && (types[0].kind === 'array' || types[0].kind === 'map') ? BIGINT : undefined,
  },
  // NULL if it is not found and the array holds a NULL.
  contains: {
    usage: 'contains(array, element)',
    returns: ([array, element, ...more]) => more.length === 0 && array?.kind === 'array' && element
      && commonType(array.element, element) ? BOOLEAN : undefined,
  },
  // From 1, negative from the end; NULL for a place or a key that is not there. Index 0 fails.
  element_at: {
    usage: 'element_at(array, index) or element_at(map, key)',
    returns: types => {
      const [container] = types;
      if (container?.kind === 'array' && takes(types, ['any', 'bigint'])) return container.element;
      return container?.kind === 'map' && takes(types, ['any', 'varchar']) ? container.value : undefined;
    },
  },
  // Leaves NULL elements out.
  array_join: {
    usage: 'array_join(array(varchar), delimiter)',
    returns: types => takes(types, ['array', 'varchar']) && sameType(types[0], { kind: 'array', element: VARCHAR }) ? VARCHAR : undefined,
  },
  // Text of a string, number or boolean at the path; NULL for objects, arrays, null and what is not there.
  json_extract_scalar: {
    usage: "json_extract_scalar(varchar, '$.member[0]') with a literal path",
    returns: (types, parts) => takes(types, ['varchar', 'varchar']) && SIMPLE_PATH.test(pathOf(parts[1])) ? VARCHAR : undefined,
  },
};

function pathOf(part: Parameters<typeof literalText>[0]): string {
  return part?.kind === 'literal' ? part.value ?? '' : '';
}
