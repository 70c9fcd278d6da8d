import type { ColumnType } from '../../../src/spec/column-type';
import { sqlTypeOf } from '../../../src/spec/silver-columns';
import { duckDbType } from '../../sql/duckdb/type-name';
import { name, text } from '../quote';
import { exact, member, numberIn } from './attribute-member';
import { timeOf } from './time-conversion';

/**
 * An attribute value, JSON as DynamoDB writes it, as a Silver column of its type: by the engine's own casts, so that it has nothing
 * in common with what Bronze does. NULL where the value is missing or does not convert.
 */
export function converted(type: ColumnType, attribute: string, depth = 0): string {
  const value = presentValue(type, attribute, depth);
  return `CASE WHEN ${isNull(attribute)} THEN NULL ELSE CAST(${value} AS ${duckDbType(sqlTypeOf(type))}) END`;
}

/** The same value for rows that mean the same: neither a set nor a map has an order. */
export function comparable(type: ColumnType, value: string, depth = 0): string {
  const element = `c${depth}`;
  switch (type.kind) {
    case 'set': return `list_sort(${value})`;
    case 'map': return `list_sort(map_entries(${value}))`;
    case 'list': return isOrdered(type.element) ? value : `list_transform(${value}, lambda ${element}: ${comparable(type.element, element, depth + 1)})`;
    default: return value;
  }
}

function presentValue(type: ColumnType, attribute: string, depth: number): string {
  const number = numberIn(attribute);
  switch (type.kind) {
    case 'string': return `coalesce(${member(attribute, 'S')}, ${member(attribute, 'N')})`;
    case 'json': return member(attribute, 'S');
    case 'boolean': return member(attribute, 'BOOL');
    case 'integer': return `TRY_CAST(${exact(number, 38, 0)} AS INTEGER)`;
    case 'bigint': return `TRY_CAST(${exact(number, 38, 0)} AS BIGINT)`;
    case 'double': return `CASE WHEN isfinite(TRY_CAST(${number} AS DOUBLE)) THEN TRY_CAST(${number} AS DOUBLE) END`;
    case 'decimal': return exact(number, type.precision, type.scale);
    case 'binary': return `from_base64(${member(attribute, 'B')})`;
    case 'date': {
      const day = member(attribute, 'S');
      return `CASE WHEN regexp_matches(${day}, '^\\d{4}-\\d{2}-\\d{2}$') AND ${day} >= '0001' THEN TRY_CAST(${day} AS DATE) END`;
    }
    case 'timestamp': return timeOf(type.format, attribute);
    case 'list': return sequence(type.element, `CAST(json_extract(${attribute}, '$.L') AS JSON[])`, depth);
    case 'set': return sequence(type.element, setMembers(attribute, depth), depth);
    case 'map': return map(type.value, attribute, depth);
    case 'struct': return struct(type.fields, attribute, depth);
  }
}

/** All or nothing: an element that does not convert takes the whole value with it. */
function sequence(element: ColumnType, elements: string, depth: number): string {
  const each = `e${depth}`;
  return `CASE WHEN ${noneIs(elements, each, misfit(element, each, depth + 1))} `
    + `THEN list_transform(${elements}, lambda ${each}: ${converted(element, each, depth + 1)}) END`;
}

function map(element: ColumnType, attribute: string, depth: number): string {
  const each = `e${depth}`;
  const entries = `map_entries(CAST(json_extract(${attribute}, '$.M') AS MAP(VARCHAR, JSON)))`;
  return `CASE WHEN ${noneIs(entries, each, misfit(element, `${each}.value`, depth + 1))} `
    + `THEN map_from_entries(list_transform(${entries}, lambda ${each}: {'k': ${each}.key, 'v': ${converted(element, `${each}.value`, depth + 1)}})) END`;
}

function struct(fields: Extract<ColumnType, { kind: 'struct' }>['fields'], attribute: string, depth: number): string {
  const members = Object.entries(fields).map(([field, spec]) => {
    const pointer = `/${spec.attribute.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return { field, type: spec.type, value: `json_extract(json_extract(${attribute}, '$.M'), ${text(pointer)})` };
  });
  const problems = members.map(({ type, value }) => misfit(type, value, depth + 1));
  const packed = members.map(({ field, type, value }) => `${name(field)} := ${converted(type, value, depth + 1)}`);
  return `CASE WHEN json_extract(${attribute}, '$.M') IS NOT NULL AND NOT (${problems.join(' OR ')}) THEN struct_pack(${packed.join(', ')}) END`;
}

function setMembers(attribute: string, depth: number): string {
  const each = `m${depth}`;
  const members = (['S', 'N', 'B'] as const).map(type =>
    `list_transform(CAST(json_extract(${attribute}, '$.${type}S') AS VARCHAR[]), lambda ${each}: json_object('${type}', ${each}))`);
  return `coalesce(${members.join(', ')})`;
}

function noneIs(list: string, each: string, condition: string): string {
  return `${list} IS NOT NULL AND NOT coalesce(list_bool_or(list_transform(${list}, lambda ${each}: ${condition})), FALSE)`;
}

function misfit(type: ColumnType, attribute: string, depth: number): string {
  return `(NOT ${isNull(attribute)} AND (${converted(type, attribute, depth)}) IS NULL)`;
}

function isNull(attribute: string): string {
  return `(${attribute} IS NULL OR coalesce(${member(attribute, 'NULL')} = 'true', FALSE))`;
}

function isOrdered(type: ColumnType): boolean {
  return type.kind !== 'set' && type.kind !== 'map' && (type.kind !== 'list' || isOrdered(type.element));
}
