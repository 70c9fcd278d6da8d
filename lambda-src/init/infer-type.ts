import type { ColumnType } from '../../src/spec/column-type';
import type { AttributeMap, AttributeValue } from '../bronze/attribute-value';
import { inferNumber } from './infer-number';
import { inferText } from './infer-text';
import { columnName } from './names';

/** What a column's values have been, all of which it can hold. */
export interface InferredType {
  readonly type: ColumnType;
  /** What a person should look at, in a few words. */
  readonly remark?: string;
}

type Kind = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'M' | 'L' | 'SS' | 'NS' | 'BS';

/** More than so many members are a map by its keys rather than a structure. */
const LARGEST_STRUCT = 12;

/** The narrowest type that holds all values; JSON where they have none in common. */
export function inferType(attribute: string, values: readonly AttributeValue[]): InferredType {
  const present = values.filter(value => !('NULL' in value));
  const kinds = new Set(present.map(kindOf));
  if (kinds.size === 0) return { type: { kind: 'string' }, remark: 'only NULL was seen' };
  if (kinds.size > 1) return { type: { kind: 'json' }, remark: `values of several types: ${[...kinds].sort().join(', ')}` };
  const [kind] = kinds;
  const contents = present.map(value => Object.values(value)[0] as unknown);
  switch (kind) {
    case 'S': return { type: inferText(contents as string[]) };
    case 'N': return inferNumber(attribute, contents as string[]);
    case 'B': return { type: { kind: 'binary' } };
    case 'BOOL': return { type: { kind: 'boolean' } };
    case 'SS': case 'NS': case 'BS': return setOf(attribute, kind, contents as string[][]);
    case 'L': return listOf(attribute, contents as AttributeValue[][]);
    case 'M': return mapOf(contents as AttributeMap[]);
    case 'NULL': throw new TypeError('NULL values have been left out');
  }
}

function kindOf(value: AttributeValue): Kind {
  return Object.keys(value)[0] as Kind;
}

function setOf(attribute: string, kind: 'SS' | 'NS' | 'BS', sets: readonly (readonly string[])[]): InferredType {
  const members = sets.flat();
  switch (kind) {
    case 'SS': return { type: { kind: 'set', element: { kind: 'string' } } };
    case 'BS': return { type: { kind: 'set', element: { kind: 'binary' } } };
    case 'NS': return { type: { kind: 'set', element: plainNumber(inferNumber(attribute, members).type) } };
  }
}

function listOf(attribute: string, lists: readonly (readonly AttributeValue[])[]): InferredType {
  const members = lists.flat();
  if (members.length === 0) return { type: { kind: 'json' }, remark: 'only empty lists were seen' };
  const { type } = inferType(attribute, members);
  return isScalar(type) ? { type: { kind: 'list', element: plainNumber(type) } } : { type: { kind: 'json' } };
}

function mapOf(maps: readonly AttributeMap[]): InferredType {
  const names = [...new Set(maps.flatMap(map => Object.keys(map)))].sort();
  const fields = names.map(name => [name, inferType(name, maps.flatMap(map => Object.hasOwn(map, name) ? [map[name]] : [])).type] as const);
  const columns = fields.map(([name]) => columnName(name));
  const isSmall = names.length > 0 && names.length <= LARGEST_STRUCT;
  const isStruct = isSmall && fields.every(([, type]) => isScalar(type)) && new Set(columns).size === names.length;
  if (!isStruct) return { type: { kind: 'json' }, remark: `a map with ${names.length} different members` };
  return { type: { kind: 'struct', fields: Object.fromEntries(fields.map(([name, type], i) => [columns[i], { attribute: name, type }])) } };
}

/** Within lists and sets a number is no time. */
function plainNumber(type: ColumnType): ColumnType {
  return type.kind === 'timestamp' && type.format.kind !== 'iso8601' && type.format.kind !== 'pattern' ? { kind: 'bigint' } : type;
}

function isScalar({ kind }: ColumnType): boolean {
  return !['json', 'list', 'set', 'map', 'struct'].includes(kind);
}
