import { MalformedQueryError } from '../errors';
import { trinoName } from './names';
import type { Reader } from './reader';

/** The types that an Iceberg table may have in Athena's DDL, and what Trino calls them. There is no smallint, tinyint, char or time. */
const PRIMITIVES: { readonly [hive: string]: string } = {
  boolean: 'boolean',
  int: 'integer',
  bigint: 'bigint',
  float: 'real',
  double: 'double',
  string: 'varchar',
  binary: 'varbinary',
  date: 'date',
  timestamp: 'timestamp(6)',
};

/** Reads a type as Hive writes it and gives Trino's. */
export function hiveType(reader: Reader): string {
  const word = reader.take().text.toLowerCase();
  switch (word) {
    case 'decimal': {
      const [precision, scale] = reader.list(() => reader.number());
      return `decimal(${precision}, ${scale ?? 0})`;
    }
    case 'array': return `array(${inBrackets(reader, () => hiveType(reader))})`;
    case 'map': return `map(${inBrackets(reader, () => {
      const key = hiveType(reader);
      reader.symbol(',');
      return `${key}, ${hiveType(reader)}`;
    })})`;
    case 'struct': return `row(${inBrackets(reader, () => structFields(reader).join(', '))})`;
    default: {
      if (!Object.hasOwn(PRIMITIVES, word)) throw new MalformedQueryError(`mismatched input '${word}' expecting a type of Iceberg tables`);
      return PRIMITIVES[word];
    }
  }
}

function structFields(reader: Reader): string[] {
  const fields: string[] = [];
  do {
    const name = reader.name();
    reader.symbol(':');
    fields.push(`${trinoName(name)} ${hiveType(reader)}`);
  } while (reader.trySymbol(','));
  return fields;
}

function inBrackets(reader: Reader, inner: () => string): string {
  reader.symbol('<');
  const text = inner();
  reader.symbol('>');
  return text;
}
