import { RESERVED_WORDS } from '../../src/spec/reserved-words';

/** A column name for an attribute: `OrderID` becomes `order_id`. */
export function columnName(attribute: string): string {
  const snake = attribute
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '');
  if (snake === '') return 'column';
  return RESERVED_WORDS.has(snake) ? `${snake}_value` : snake;
}

/** A name for each attribute, all different. */
export function columnNames(attributes: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const used = new Set<string>();
  for (const attribute of attributes) {
    const wanted = columnName(attribute);
    let name = wanted;
    for (let number = 2; used.has(name); number++) name = `${wanted}_${number}`;
    used.add(name);
    names.set(attribute, name);
  }
  return names;
}
