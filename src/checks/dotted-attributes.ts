import { Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ColumnType } from '../spec/column-type';
import type { PipelineSpec } from '../spec/pipeline-spec';

const DOTTED = 'cdk-medallion-analytics:dottedAttribute';

/** DynamoDB allows dots in names, so such a column may be right; mostly it means a member of a map, and would be NULL in every row. */
export function warnOfDottedAttributes(scope: Construct, { tables }: Pick<PipelineSpec, 'tables'>): void {
  for (const [table, { columns }] of Object.entries(tables)) {
    for (const [name, { attribute, type }] of Object.entries(columns)) {
      for (const one of dottedIn(`tables.${table}.columns.${name}`, attribute, type)) {
        Annotations.of(scope).addWarningV2(`${DOTTED}-${one.path}`, `${one.path} reads an attribute whose name is '${one.attribute}', dot included. ${insteadOf(one)}`);
      }
    }
  }
}

interface Dotted {
  readonly path: string;
  readonly attribute: string;
}

function dottedIn(path: string, attribute: string, type: ColumnType): Dotted[] {
  const within = type.kind === 'struct'
    ? Object.entries(type.fields).flatMap(([field, part]) => dottedIn(`${path}.${field}`, part.attribute, part.type))
    : [];
  return attribute.includes('.') ? [{ path, attribute }, ...within] : within;
}

function insteadOf({ attribute }: Dotted): string {
  const [first, ...rest] = attribute.split('.');
  const column = first.replace(/\W+/g, '_').toLowerCase() || 'column';
  return `For a member of a map declare ${column}: Column.json('${first}') and use json_extract_scalar(${column}, '$.${rest.join('.')}')`;
}
