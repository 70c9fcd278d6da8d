import type { AttributeMap, AttributeValue } from '../bronze/attribute-value';
import type { Row } from '../ports/query-engine';
import type { SilverTable } from '../silver/silver-table';

/** The key of a row that a query has found, as DynamoDB would write it. */
export function keyAttributes({ key, definition }: SilverTable, row: Row): AttributeMap {
  return Object.fromEntries(key.map(name => {
    const { attribute, type } = definition.columns[name];
    return [attribute, attributeValue(type.kind, row[name]!)];
  }));
}

/** From Trino's text, with all decimals of its type. DynamoDB keeps no zeros behind a number, and its answers are told by their text. */
function attributeValue(kind: string, text: string): AttributeValue {
  switch (kind) {
    case 'string': return { S: text };
    case 'binary': return { B: Buffer.from(text.replaceAll(' ', ''), 'hex').toString('base64') };
    default: return { N: text.includes('.') ? text.replace(/\.?0+$/, '') : text };
  }
}
