import type { AttributeMap } from '../../bronze/attribute-value';

/** The same text for the same item: DynamoDB knows no order of attributes, nor of a set's members. */
export function canonicalText(item: AttributeMap): string {
  return JSON.stringify(item, (key, value: unknown) => {
    if (Array.isArray(value) && (key === 'SS' || key === 'NS' || key === 'BS')) return [...value as string[]].sort();
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    // Object.create(null) would lose nothing, and an attribute may be named __proto__.
    const sorted: { [attribute: string]: unknown } = Object.create(null) as { [attribute: string]: unknown };
    for (const attribute of Object.keys(value).sort()) sorted[attribute] = (value as { [attribute: string]: unknown })[attribute];
    return sorted;
  });
}
