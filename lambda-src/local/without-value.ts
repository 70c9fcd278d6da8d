import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import type { AttributeMap, AttributeValue } from '../bronze/attribute-value';

/** What a table declares of attributes that none of its items has: misspelt, or rare. */
export interface WithoutValue {
  readonly table: string;
  readonly columns: readonly { readonly name: string; readonly attribute: string }[];
  /** Paths of private attributes. */
  readonly private: readonly string[];
}

/** Tables with items, but columns or private attributes that no item has a value for. */
export function withoutValue(spec: Pick<PipelineSpec, 'tables'>, items: (table: string) => Iterable<AttributeMap>): WithoutValue[] {
  return Object.entries(spec.tables).flatMap(([table, { columns, privacy = {} }]): WithoutValue[] => {
    const columnsLeft = new Map(Object.entries(columns).map(([name, { attribute }]) => [name, attribute]));
    const privateLeft = new Set(Object.keys(privacy));
    let count = 0;
    for (const item of items(table)) {
      count++;
      for (const [name, attribute] of columnsLeft) if (Object.hasOwn(item, attribute) && !('NULL' in item[attribute])) columnsLeft.delete(name);
      for (const path of privateLeft) if (isIn(item, path)) privateLeft.delete(path);
    }
    if (count === 0 || columnsLeft.size + privateLeft.size === 0) return [];
    return [{ table, columns: [...columnsLeft].map(([name, attribute]) => ({ name, attribute })), private: [...privateLeft] }];
  });
}

function isIn(item: AttributeMap, path: string): boolean {
  return Object.keys(item).some(name => name === path || (path.startsWith(`${name}.`) && isInside(item[name], path.slice(name.length + 1))));
}

function isInside(value: AttributeValue, path: string): boolean {
  if ('M' in value) return isIn(value.M, path);
  return 'L' in value && value.L.some(element => isInside(element, path));
}
