import type { ColumnSpec, ColumnType } from '../../../src/spec/column-type';
import type { AttributeMap, AttributeValue } from '../../bronze/attribute-value';

/** The column's attribute as JSON text, as DynamoDB writes it; JSON columns, which are free in shape, as the text they stand for. */
export function attributeText(item: AttributeMap, column: ColumnSpec): string | null {
  if (!Object.hasOwn(item, column.attribute)) return null;
  return JSON.stringify(withJsonAsText(item[column.attribute], column.type));
}

function withJsonAsText(value: AttributeValue, type: ColumnType): AttributeValue {
  if ('NULL' in value) return value;
  switch (type.kind) {
    case 'json': return { S: JSON.stringify(plain(value)) };
    case 'list': return 'L' in value ? { L: value.L.map(element => withJsonAsText(element, type.element)) } : value;
    case 'map': return 'M' in value ? { M: mapped(value.M, (element) => withJsonAsText(element, type.value)) } : value;
    case 'struct': {
      const fields = new Map(Object.values(type.fields).map(field => [field.attribute, field.type]));
      return 'M' in value ? { M: mapped(value.M, (member, name) => fields.has(name) ? withJsonAsText(member, fields.get(name)!) : member) } : value;
    }
    default: return value;
  }
}

function mapped(map: AttributeMap, change: (value: AttributeValue, name: string) => AttributeValue): AttributeMap {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, change(value, name)]));
}

/** Numbers stay text: JSON has no exact ones. */
function plain(value: AttributeValue): unknown {
  if ('NULL' in value) return null;
  if ('L' in value) return value.L.map(plain);
  if ('M' in value) return Object.fromEntries(Object.entries(value.M).map(([name, member]) => [name, plain(member)]));
  return Object.values(value)[0];
}
