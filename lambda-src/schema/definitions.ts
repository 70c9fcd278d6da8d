import { sameType, typeName, type SqlType } from '../../src/expression/sql-type';
import { bronzePhysicalType } from '../../src/spec/bronze-columns';
import type { ColumnSpec } from '../../src/spec/column-type';
import type { Named, PipelineSpec, SilverTableSpec } from '../../src/spec/pipeline-spec';
import { mapValues, sqlTypeOf } from '../../src/spec/silver-columns';
import type { Definition, Deployment } from './deployment';
import { widens } from './table-changes';

/**
 * Every definition that was ever deployed, this deploy's among them. One that differs from the latest gets the next epoch, and so
 * does one that returns: rows that were encoded in between must not count as its own. Tables that share a change log, one after
 * the other under different names, count on together.
 */
export function definitionsAfter(spec: PipelineSpec, former: Deployment['definitions']): Deployment['definitions'] {
  const definitions = { ...former };
  for (const [name, table] of Object.entries(spec.tables)) {
    const known = former[name] ?? [];
    const latest = known.at(-1);
    const described = descriptionOf(table);
    const greatest = Math.max(0, ...ofChangeLog(former, table.bronzeName).map(({ epoch }) => epoch), latest?.epoch ?? 0);
    definitions[name] = latest?.hash === table.definitionHash && latest.epoch === greatest
      ? [...known.slice(0, -1), { ...latest, ...described }]
      : [...known, { epoch: greatest + 1, hash: table.definitionHash, ...described }];
  }
  return definitions;
}

/**
 * What no rebuild can bring about, since files of older definitions are read by name, and rows are found by key.
 *
 * @param former the spec of the last deploy, which says what its version did not note with the definitions
 */
export function definitionProblems(spec: PipelineSpec, deployment: Deployment | undefined, former: PipelineSpec | undefined): string[] {
  if (!deployment) return [];
  return Object.entries(spec.tables).flatMap(([name, table]) => {
    const latest = deployment.definitions[name]?.at(-1);
    return [
      ...latest ? logProblems(name, table, latest) : [],
      ...latest?.key ? keyProblems(name, table, latest.key) : [],
      ...hashingProblems(name, table, hashedAttributes(deployment, former, table.bronzeName)),
      ...bindingProblems(name, table, ofChangeLog(deployment.definitions, table.bronzeName)),
    ];
  });
}

function descriptionOf(table: SilverTableSpec): Pick<Definition, 'bronzeName' | 'key' | 'hashedKey' | 'columns'> {
  return {
    bronzeName: table.bronzeName,
    key: Object.fromEntries(table.key.map(name => [name, table.columns[name]])),
    hashedKey: hashedKeyOf(table),
    columns: mapValues(table.columns, ({ type }) => classOf(bronzePhysicalType(type))),
  };
}

/** Definitions of a version that did not note their change log may belong to any. */
function ofChangeLog(definitions: Deployment['definitions'], bronzeName: string): Definition[] {
  return Object.values(definitions).flat().filter(({ bronzeName: log = bronzeName }) => log === bronzeName);
}

function logProblems(name: string, { bronzeName }: SilverTableSpec, latest: Definition): string[] {
  if (latest.bronzeName === undefined || latest.bronzeName === bronzeName) return [];
  return [`silver.${name} reads the change log ${latest.bronzeName} and would read ${bronzeName}. `
    + `Fix: bronzeName: '${latest.bronzeName}', or give the table a new name`];
}

function keyProblems(name: string, table: SilverTableSpec, key: Named<ColumnSpec>): string[] {
  return Object.entries(key).filter(([column, former]) => {
    const declared = table.columns[column];
    return declared && table.key.includes(column) && !sameKey(former, declared);
  }).map(([column, former]) => `silver.${name}.${column} is a key column that reads ${former.attribute} as ${JSON.stringify(former.type)} and would read `
    + `${table.columns[column].attribute} as ${JSON.stringify(table.columns[column].type)}: the rows that are there could not be found again. `
    + 'Fix: keep the key column as it is, or give the table a new name');
}

function sameKey(former: ColumnSpec, declared: ColumnSpec): boolean {
  if (former.attribute !== declared.attribute) return false;
  if (JSON.stringify(former.type) === JSON.stringify(declared.type)) return true;
  const [from, to] = [sqlTypeOf(former.type), sqlTypeOf(declared.type)];
  return !sameType(from, to) && (widens(from, to) || widens(to, from));
}

/** How the latest tables of a change log identify items: attribute to whether only its hashes are written. */
function hashedAttributes({ definitions }: Deployment, former: PipelineSpec | undefined, changeLog: string): ReadonlyMap<string, boolean> {
  return new Map(Object.entries(definitions).flatMap(([name, known]) => {
    const table = former?.tables[name];
    const { bronzeName, key = {}, hashedKey }: Partial<Definition> = { ...table && descriptionOf(table), ...known.at(-1) };
    if (bronzeName !== changeLog || !hashedKey) return [];
    return Object.entries(key).map(([column, { attribute }]) => [attribute, hashedKey.includes(column)] as const);
  }));
}

function hashedKeyOf({ key, columns, privacy = {} }: SilverTableSpec): string[] {
  return key.filter(column => privacy[columns[column].attribute] === 'hash');
}

/** The change log has each item under the identity that it had: under another it would be there twice, and the former never leave. */
function hashingProblems(name: string, table: SilverTableSpec, former: ReadonlyMap<string, boolean>): string[] {
  const hashed = hashedKeyOf(table);
  return table.key.flatMap(column => {
    const { attribute } = table.columns[column];
    const was = former.get(attribute);
    if (was === undefined || was === hashed.includes(column)) return [];
    const [from, to] = was ? ['hashed', 'in clear'] : ['in clear', 'hashed'];
    return [`silver.${name}.${column} is a key column that the change log ${table.bronzeName} has ${from} and would have ${to}: the rows that are there could `
      + `not be found again. Fix: ${was ? 'keep' : 'remove'} privacy: { ${attribute}: Privacy.hash() }, or give the table a new name and a new bronzeName, and backfill it`];
  });
}

/** A column name is bound for ever, also when it is declared no more: the files that have it stay. */
function bindingProblems(name: string, table: SilverTableSpec, definitions: readonly Definition[]): string[] {
  return Object.entries(table.columns).flatMap(([column, { type }]) => {
    const declared = classOf(bronzePhysicalType(type));
    const bound = definitions.find(({ columns }) => columns?.[column] !== undefined && columns[column] !== declared);
    if (!bound) return [];
    return [`silver.${name}.${column}: files of the change log ${table.bronzeName} have it as ${bound.columns![column]} (definition ${bound.epoch}) and `
      + `would have it as ${declared}. Fix: declare it under another column name`];
  });
}

/** What of a type must stay: decimals may become longer, but keep their scale. */
function classOf(type: SqlType): string {
  return type.kind === 'decimal' ? `decimal of scale ${type.scale}` : typeName(type);
}
