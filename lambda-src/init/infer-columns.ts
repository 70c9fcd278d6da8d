import type { ColumnSpec } from '../../src/spec/column-type';
import type { AttributeMap } from '../bronze/attribute-value';
import { inferType } from './infer-type';
import { columnNames } from './names';
import type { TableSample } from './table-sample';

export interface InferredColumn extends ColumnSpec {
  readonly name: string;
  readonly remarks: readonly string[];
}

/** A column for each attribute that was seen, the key first, then those that most items have. */
export function inferColumns({ key, items }: Pick<TableSample, 'key' | 'items'>): InferredColumn[] {
  const counts = new Map<string, number>(key.map(attribute => [attribute, 0]));
  for (const item of items) for (const attribute of Object.keys(item)) counts.set(attribute, (counts.get(attribute) ?? 0) + 1);
  const rank = (attribute: string) => key.includes(attribute) ? key.indexOf(attribute) - key.length : 0;
  const attributes = [...counts.keys()].sort((left, right) =>
    rank(left) - rank(right) || counts.get(right)! - counts.get(left)! || (left < right ? -1 : 1));
  const names = columnNames(attributes);
  return attributes.map(attribute => {
    const { type, remark } = inferType(attribute, valuesOf(attribute, items));
    const isKey = key.includes(attribute);
    const seldom = !isKey && counts.get(attribute)! < items.length ? [`in ${counts.get(attribute)} of ${items.length} items`] : [];
    const remarks = [...seldom, ...remark === undefined ? [] : [remark]];
    // A key that looks like a date in every sampled item may be anything in the next one, and an item whose key does not convert is
    // rejected.
    return { name: names.get(attribute)!, attribute, type: isKey ? keyType(type) : type, remarks };
  });
}

function keyType(type: ColumnSpec['type']): ColumnSpec['type'] {
  switch (type.kind) {
    case 'date': return { kind: 'string' };
    case 'timestamp': return type.format.kind === 'iso8601' || type.format.kind === 'pattern' ? { kind: 'string' } : { kind: 'bigint' };
    default: return type;
  }
}

function valuesOf(attribute: string, items: readonly AttributeMap[]): AttributeMap[string][] {
  return items.flatMap(item => Object.hasOwn(item, attribute) ? [item[attribute]] : []);
}
