import type { ColumnSpec, ColumnType } from '../spec/column-type';
import type { GoldTableDeclaration, PipelineDeclaration, SilverTableDeclaration } from '../spec/pipeline-declaration';
import type { Named } from '../spec/pipeline-spec';

export interface DeclaredName {
  readonly path: string;
  readonly name: string;
  /** Labels stand in rows and file names, never in SQL as identifiers. */
  readonly role: 'table' | 'column' | 'label';
}

/** Every name that a declaration gives to something, dashboards apart. */
export function declaredNames(declaration: PipelineDeclaration): DeclaredName[] {
  return [
    ...Object.entries(declaration.tables).flatMap(([name, table]) => silverNames(`tables.${name}`, name, table)),
    ...Object.entries(declaration.gold).flatMap(([name, table]) => [
      { path: `gold.${name}`, name, role: 'table' } as const,
      ...goldNames(`gold.${name}`, table),
    ]),
  ];
}

function silverNames(path: string, name: string, table: SilverTableDeclaration): DeclaredName[] {
  const bronze: DeclaredName[] = table.bronzeName === name ? [] : [{ path: `${path}.bronzeName`, name: table.bronzeName, role: 'table' }];
  return [
    { path, name, role: 'table' },
    ...bronze,
    ...columnNames(`${path}.columns`, table.columns),
    ...table.enrichments.flatMap((enrichment, i) => namesOf(`${path}.enrichments[${i}].columns`, enrichment.columns, 'column')),
    ...namesOf(`${path}.expectations`, table.expectations, 'label'),
  ];
}

function goldNames(path: string, table: GoldTableDeclaration): DeclaredName[] {
  switch (table.kind) {
    case 'aggregate':
      return [...namesOf(`${path}.groupBy`, table.groupBy, 'column'), ...namesOf(`${path}.measures`, table.measures, 'column')];
    case 'snapshot': return namesOf(`${path}.columns`, table.columns, 'column');
    case 'metrics': return namesOf(`${path}.metrics`, table.metrics, 'label');
  }
}

function columnNames(path: string, columns: Named<ColumnSpec>): DeclaredName[] {
  return Object.entries(columns).flatMap(([name, column]) => [
    { path: `${path}.${name}`, name, role: 'column' as const },
    ...fieldNames(`${path}.${name}`, column.type),
  ]);
}

function fieldNames(path: string, type: ColumnType): DeclaredName[] {
  switch (type.kind) {
    case 'list': case 'set': return fieldNames(path, type.element);
    case 'map': return fieldNames(path, type.value);
    case 'struct': return columnNames(path, type.fields);
    default: return [];
  }
}

function namesOf(path: string, record: Named<unknown>, role: DeclaredName['role']): DeclaredName[] {
  return Object.keys(record).map(name => ({ path: `${path}.${name}`, name, role }));
}
