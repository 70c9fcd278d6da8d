import type { ColumnType } from '../spec/column-type';
import type { SilverTableDeclaration } from '../spec/pipeline-declaration';
import type { Check } from './check';
import { entry, unknownName } from './lookup';
import type { Problem } from './problem';
import type { SourceFacts } from './source-facts';

/** DynamoDB's type of a key attribute to the columns that hold it without loss. */
const COLUMN_KINDS: { readonly [type: string]: readonly ColumnType['kind'][] } = {
  S: ['string'], N: ['integer', 'bigint', 'decimal'], B: ['binary'],
};

/** A Silver table's key is its DynamoDB table's: one row for each item depends on it. */
export const checkKeys: Check = ({ declaration, sources }) => Object.entries(declaration.tables).flatMap(([name, table]) => {
  const path = `tables.${name}.key`;
  const problems = keyProblems(path, table);
  return problems.length > 0 ? problems : sourceKeyProblems(path, table, sources[name]);
});

function keyProblems(path: string, { key, columns }: SilverTableDeclaration): Problem[] {
  if (key.length === 0) return [{ path, what: 'no key', fix: 'name the columns that hold the DynamoDB key, partition key first' }];
  if (key.length > 2 || new Set(key).size < key.length) {
    return [{ path, what: 'no DynamoDB key', value: key.join(', '), fix: 'name the partition key and, where there is one, the sort key, once each' }];
  }
  return key.flatMap((name): Problem[] => {
    const column = entry(columns, name);
    if (!column) return [unknownName(path, 'column', name, Object.keys(columns))];
    if (Object.values(COLUMN_KINDS).flat().includes(column.type.kind)) return [];
    return [{
      path, what: `'${name}' is a ${column.type.kind}`, fix: 'declare key columns as string, integer, bigint, decimal or binary',
    }];
  });
}

function sourceKeyProblems(path: string, { key, columns, privacy = {} }: SilverTableDeclaration, source: SourceFacts): Problem[] {
  if (!source.key) return [];
  const attributes = key.map(name => columns[name].attribute);
  const expected = source.key.map(part => part.name);
  if (attributes.join('\n') !== expected.join('\n')) {
    return [{
      path,
      what: `the DynamoDB table's key is ${expected.join(', ')}, but the columns of \`key\` read ${attributes.join(', ')}`,
      fix: keyFix(key, columns, expected),
    }];
  }
  return source.key.flatMap(({ name, type }, i) => {
    const { kind } = columns[key[i]].type;
    // What is left of a hashed key is text; that its column is one is checked with the rule.
    if (COLUMN_KINDS[type].includes(kind) || entry(privacy, name) === 'hash') return [];
    return [{
      path,
      what: `attribute ${name} is of DynamoDB type ${type}, but column '${key[i]}' is declared as ${kind}`,
      fix: `declare the column as ${COLUMN_KINDS[type].join(', ')}`,
    }];
  });
}

/** The key in the code's own words; a column that is not there yet has the name of its attribute. */
function keyFix(key: readonly string[], columns: SilverTableDeclaration['columns'], expected: readonly string[]): string {
  const reading = (attribute: string): string | undefined =>
    [...key, ...Object.keys(columns)].find(name => entry(columns, name)?.attribute === attribute);
  const missing = expected.filter(attribute => reading(attribute) === undefined);
  const declare = missing.length === 0 ? '' : `declare a column for ${missing.join(' and ')}, then `;
  return `${declare}key: [${expected.map(attribute => `'${reading(attribute) ?? attribute.toLowerCase()}'`).join(', ')}]`;
}
