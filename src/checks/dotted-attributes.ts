import { Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ColumnType } from '../spec/column-type';
import type { PipelineSpec } from '../spec/pipeline-spec';

const DOTTED = 'cdk-medallion-analytics:dottedAttribute';

/** DynamoDB allows dots in names, so such a column may be right; mostly it means a member of a map, and would be NULL in every row. */
export function warnOfDottedAttributes(scope: Construct, { tables }: Pick<PipelineSpec, 'tables'>): void {
  for (const [table, { columns }] of Object.entries(tables)) {
    for (const [name, { attribute, type }] of Object.entries(columns)) {
      for (const one of dottedIn(`tables.${table}.columns.${name}`, attribute, type, [])) {
        Annotations.of(scope).addWarningV2(`${DOTTED}-${one.path}`, `${one.path} reads an attribute whose name is '${one.attribute}', dot included. ${insteadOf(one)}`);
      }
    }
  }
}

interface Dotted {
  readonly path: string;
  readonly attribute: string;
  /** From the item's attribute to this one; undefined within a list or a map, where no path leads to it. */
  readonly way: readonly string[] | undefined;
}

function dottedIn(path: string, attribute: string, type: ColumnType, outer: Dotted['way']): Dotted[] {
  const here = { path, attribute, way: outer && [...outer, ...attribute.split('.')] };
  return [...attribute.includes('.') ? [here] : [], ...dottedWithin(path, type, outer && [...outer, attribute])];
}

function dottedWithin(path: string, type: ColumnType, outer: Dotted['way']): Dotted[] {
  switch (type.kind) {
    case 'struct': return Object.entries(type.fields).flatMap(([field, part]) => dottedIn(`${path}.${field}`, part.attribute, part.type, outer));
    case 'list': case 'set': return dottedWithin(path, type.element, undefined);
    case 'map': return dottedWithin(path, type.value, undefined);
    default: return [];
  }
}

function insteadOf({ way = [] }: Dotted): string {
  const [first, ...rest] = way;
  if (first === undefined || !way.every(name => /^[A-Za-z_]\w*$/.test(name))) return 'A member of a map is read from a column of JSON: Column.json(…)';
  const column = first.toLowerCase();
  return `For a member of a map declare ${column}: Column.json('${first}') and use json_extract_scalar(${column}, '$.${rest.join('.')}')`;
}
