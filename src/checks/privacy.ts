import type { ColumnType } from '../spec/column-type';
import type { SilverTableDeclaration } from '../spec/pipeline-declaration';
import type { Named, PrivacyRule } from '../spec/pipeline-spec';
import type { Check } from './check';
import { entry } from './lookup';
import type { Problem } from './problem';

/** A private attribute is read as what is left of it, and still identifies and joins. */
export const checkPrivacy: Check = ({ declaration: { tables } }) => Object.entries(tables).flatMap(([name, table]) => [
  ...ruleProblems(`tables.${name}.privacy`, table),
  ...Object.entries(table.columns).flatMap(([column, { attribute, type }]) =>
    typeProblems(`tables.${name}.columns.${column}`, attribute, type, table.privacy ?? {})),
  ...joinProblems(`tables.${name}.enrichments`, table, tables),
]);

function ruleProblems(path: string, { key, columns, privacy = {} }: SilverTableDeclaration): Problem[] {
  const keyAttributes = key.map(name => entry(columns, name)?.attribute);
  return Object.entries(privacy).flatMap(([attribute, rule]): Problem[] => {
    if (attribute === '') return [{ path, what: 'an attribute without a name', fix: "name the item's attribute, such as Email" }];
    if (rule !== 'drop' || !keyAttributes.includes(attribute)) return [];
    return [{ path: `${path}.${attribute}`, what: 'a key attribute cannot be dropped: it tells items apart', fix: 'use Privacy.hash()' }];
  });
}

/** @param attribute the path of the value in the item: `Address.Street`. */
function typeProblems(path: string, attribute: string, type: ColumnType, privacy: Named<PrivacyRule>): Problem[] {
  switch (entry(privacy, attribute)) {
    case 'drop': return [{ path, what: `reads ${attribute}, which is dropped, and would always be NULL`, fix: 'remove the column, or use Privacy.hash()' }];
    case 'hash': return type.kind === 'string' || type.kind === 'json'
      ? []
      : [{ path, what: `is of type ${type.kind} and reads ${attribute}, of which only a hash is left`, fix: 'declare it as Column.string' }];
    default: return partProblems(path, attribute, type, privacy);
  }
}

function partProblems(path: string, attribute: string, type: ColumnType, privacy: Named<PrivacyRule>): Problem[] {
  switch (type.kind) {
    case 'list': return partProblems(path, attribute, type.element, privacy);
    case 'struct': return Object.entries(type.fields).flatMap(([field, part]) =>
      typeProblems(`${path}.${field}`, `${attribute}.${part.attribute}`, part.type, privacy));
    case 'map': return Object.keys(privacy).filter(name => name.startsWith(`${attribute}.`) && privacy[name] === 'hash')
      .flatMap(name => typeProblems(path, name, type.value, privacy));
    default: return [];
  }
}

/** A hash never equals a clear value. */
function joinProblems(path: string, table: SilverTableDeclaration, tables: Named<SilverTableDeclaration>): Problem[] {
  return table.enrichments.flatMap((enrichment, index) => Object.entries(enrichment.on).flatMap(([column, theirs]): Problem[] => {
    const other = entry(tables, enrichment.table);
    const [own, joined] = [isHashed(table, column), other && isHashed(other, theirs)];
    if (joined === undefined || own === undefined || own === joined) return [];
    const [hashed, clear] = own ? [column, `${enrichment.table}.${theirs}`] : [`${enrichment.table}.${theirs}`, column];
    return [{
      path: `${path}[${index}].on.${column}`,
      what: `${hashed} is hashed and ${clear} is not, so that no row would match`,
      fix: 'give both attributes Privacy.hash(), or none',
    }];
  }));
}

function isHashed({ columns, privacy = {} }: SilverTableDeclaration, column: string): boolean | undefined {
  const attribute = entry(columns, column)?.attribute;
  return attribute === undefined ? undefined : entry(privacy, attribute) === 'hash';
}
