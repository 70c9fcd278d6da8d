import type { AttributeMap } from '../../lambda-src/bronze/attribute-value';
import type { TableName, Values } from './reference-model';

const KEY_ATTRIBUTES = { regions: ['RegionID'], customers: ['CustomerID'], orders: ['OrderID', 'Line'] } as const;

/** The item as the source has it. */
export function itemOf(table: TableName, key: string, values: Values): AttributeMap {
  const [first, second] = key.split('/');
  const keys: AttributeMap = table === 'orders'
    ? { OrderID: { S: first }, Line: { N: second } }
    : { [KEY_ATTRIBUTES[table][0]]: { S: first } };
  const others = Object.entries(values).flatMap(([name, value]) => value === null ? [] : [[name, attributeOf(name, value)]]);
  return { ...keys, ...Object.fromEntries(others) as AttributeMap };
}

function attributeOf(name: string, value: string): AttributeMap[string] {
  if (name === 'Amount') return /^-?\d/.test(value) ? { N: value } : { S: value };
  if (name === 'Tags') return { L: value.split(',').map(tag => ({ S: tag })) };
  return { S: value };
}
