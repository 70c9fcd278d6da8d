import { VARCHAR, type SqlType } from '../../src/expression/sql-type';

const SIMPLE: { readonly [name: string]: SqlType } = {
  VARCHAR,
  BOOLEAN: { kind: 'boolean' },
  INTEGER: { kind: 'integer' },
  BIGINT: { kind: 'bigint' },
  DOUBLE: { kind: 'double' },
  DATE: { kind: 'date' },
  TIMESTAMP: { kind: 'timestamp' },
  BLOB: { kind: 'varbinary' },
};

/** The type that DuckDB's catalog prints, for the types that this library's tables have. */
export function parseDuckDbType(text: string): SqlType {
  if (text.endsWith('[]')) return { kind: 'array', element: parseDuckDbType(text.slice(0, -2)) };
  const decimal = /^DECIMAL\((\d+),\s*(\d+)\)$/.exec(text);
  if (decimal) return { kind: 'decimal', precision: Number(decimal[1]), scale: Number(decimal[2]) };
  const map = /^MAP\(VARCHAR, (.*)\)$/s.exec(text);
  if (map) return { kind: 'map', value: parseDuckDbType(map[1]) };
  const struct = /^STRUCT\((.*)\)$/s.exec(text);
  if (struct) return { kind: 'row', fields: Object.fromEntries(splitTopLevel(struct[1]).map(parseField)) };
  if (!(text in SIMPLE)) throw new TypeError(`no table of the pipeline has the type ${text}`);
  return SIMPLE[text];
}

function parseField(text: string): [string, SqlType] {
  const quoted = /^"((?:[^"]|"")*)" (.*)$/s.exec(text);
  if (quoted) return [quoted[1].replaceAll('""', '"'), parseDuckDbType(quoted[2])];
  const space = text.indexOf(' ');
  return [text.slice(0, space), parseDuckDbType(text.slice(space + 1))];
}

/** The parts between the commas that stand outside parentheses. */
function splitTopLevel(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '(') {depth++;} else if (text[index] === ')') {depth--;} else if (text[index] === ',' && depth === 0) {
      parts.push(text.slice(start, index).trim());
      start = index + 1;
    }
  }
  return [...parts, text.slice(start).trim()];
}
