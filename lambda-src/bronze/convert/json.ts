import type { ColumnSpec, ColumnType } from '../../../src/spec/column-type';
import { isNull, listOf, mapOf, ownProperty, setOf } from './attribute';
import { dateText, timestampText } from './calendar';
import { decimalText } from './exact-number';
import { misfit, Misfit } from './misfit';
import { plainJson } from './plain-json';
import {
  convertBigint, convertBinary, convertBoolean, convertDate, convertDouble, convertInteger, convertString, decimalConverter, type Convert,
} from './scalar';
import { timestampConverter } from './timestamp';

/** A converter to JSON text in which every number is a string, so that no reader makes a double of it. */
export function jsonConverter(type: ColumnType): Convert<string> {
  switch (type.kind) {
    case 'list': return sequenceConverter(type.element, value => listOf(value) ?? misfit(value, 'list'));
    case 'set': return sequenceConverter(type.element, value => setOf(value) ?? misfit(value, 'set'));
    case 'map': return mapConverter(type.value);
    case 'struct': return structConverter(type.fields);
    case 'json': return value => plainJson(value) ?? misfit(value, 'json value');
    case 'string': return quoted(convertString, text => text);
    case 'integer': return quoted(convertInteger, String);
    case 'bigint': return quoted(convertBigint, String);
    case 'double': return quoted(convertDouble, String);
    case 'decimal': return quoted(decimalConverter(type), unscaled => decimalText(unscaled, type.scale));
    case 'date': return quoted(convertDate, dateText);
    case 'timestamp': return quoted(timestampConverter(type.format), timestampText);
    case 'binary': return quoted(convertBinary, bytes => Buffer.from(bytes).toString('base64'));
    case 'boolean': return value => {
      const converted = convertBoolean(value);
      return converted instanceof Misfit ? converted : String(converted);
    };
  }
}

/** JSON inside a nested value is text once more: the Silver type of it is varchar. */
function elementConverter(type: ColumnType): Convert<string> {
  const convert = type.kind === 'json' ? quoted(jsonConverter(type), text => text) : jsonConverter(type);
  return value => isNull(value) ? 'null' : convert(value);
}

function quoted<P>(convert: Convert<P>, text: (physical: P) => string): Convert<string> {
  return value => {
    const converted = convert(value);
    return converted instanceof Misfit ? converted : JSON.stringify(text(converted));
  };
}

function sequenceConverter(element: ColumnType, read: (value: unknown) => readonly unknown[] | Misfit): Convert<string> {
  const convert = elementConverter(element);
  return value => {
    const elements = read(value);
    if (elements instanceof Misfit) return elements;
    const texts: string[] = [];
    for (const [index, each] of elements.entries()) {
      const text = convert(each);
      if (text instanceof Misfit) return text.at(`[${index}]`);
      texts.push(text);
    }
    return `[${texts.join(',')}]`;
  };
}

function mapConverter(type: ColumnType): Convert<string> {
  const convert = elementConverter(type);
  return value => {
    const map = mapOf(value);
    if (!map) return misfit(value, 'map');
    return objectText(Object.entries(map).map(([key, each]) => [key, () => convert(each)]), key => `[${JSON.stringify(key)}]`);
  };
}

function structConverter(fields: { readonly [name: string]: ColumnSpec }): Convert<string> {
  const converters = Object.entries(fields)
    .map(([name, field]) => ({ name, attribute: field.attribute, convert: elementConverter(field.type) }));
  return value => {
    const map = mapOf(value);
    if (!map) return misfit(value, 'struct');
    return objectText(converters.map(field => [field.name, () => field.convert(ownProperty(map, field.attribute))]), name => `.${name}`);
  };
}

function objectText(entries: readonly (readonly [string, () => string | Misfit])[], path: (name: string) => string): string | Misfit {
  const texts: string[] = [];
  for (const [name, convert] of entries) {
    const text = convert();
    if (text instanceof Misfit) return text.at(path(name));
    texts.push(`${JSON.stringify(name)}:${text}`);
  }
  return `{${texts.join(',')}}`;
}
