import type { CheckContext } from '../checks/check';
import { ownColumnsOnly } from '../checks/expectations';
import type { Reading } from '../checks/expression-reader';
import { snapshotKey } from '../checks/gold-snapshots';
import type { TableColumns } from '../checks/table-columns';
import { resolveDashboard } from '../dashboards/resolve-dashboard';
import { sortedKeys } from './canonical-json';
import type { DashboardDeclaration } from './dashboard-declaration';
import type { DashboardSpec } from './dashboard-spec';
import { goldHash, silverHash } from './definition-hash';
import { measureType, metricsType } from './measure-type';
import type {
  GoldTableDeclaration, KeyMetricDeclaration, MeasureDeclaration, RefreshDeclaration, SilverTableDeclaration,
} from './pipeline-declaration';
import {
  SPEC_VERSION, type GoldTableSpec, type KeyMetricSpec, type MeasureSpec, type Named, type PipelineSpec,
  type RefreshSpec, type SilverTableSpec, type UserExpression,
} from './pipeline-spec';
import { mapValues } from './silver-columns';
import { windowSpec } from './window-spec';

/** The spec of a declaration in which no check has found a problem; the same bytes whatever order the maps came in. */
export function renderSpec(context: CheckContext): PipelineSpec {
  return new SpecRenderer(context).pipeline();
}

type WithoutHash<T> = T extends unknown ? Omit<T, 'definitionHash'> : never;

class SpecRenderer {
  public constructor(private readonly context: CheckContext) {}

  public pipeline(): PipelineSpec {
    const { declaration } = this.context;
    return sortedKeys({
      specVersion: SPEC_VERSION,
      timeZone: declaration.timeZone,
      retention: declaration.retention,
      tables: mapValues(declaration.tables, (table, name) => this.silver(name, table)),
      gold: mapValues(declaration.gold, table => this.gold(table)),
      dashboards: mapValues(declaration.dashboards, (dashboard, uid) => this.dashboard(dashboard, uid)),
    });
  }

  private silver(name: string, table: SilverTableDeclaration): SilverTableSpec {
    const columns = ownColumnsOnly(this.context.columns[name]);
    const rendered = {
      ...table,
      expectations: mapValues(table.expectations, ({ action, predicate }) => ({ action, predicate: this.predicate(predicate, columns) })),
    };
    return { definitionHash: silverHash(rendered), ...rendered };
  }

  private gold(table: GoldTableDeclaration): GoldTableSpec {
    const rendered = this.goldWithoutHash(table);
    return { definitionHash: goldHash(rendered), ...rendered };
  }

  private goldWithoutHash(table: GoldTableDeclaration): WithoutHash<GoldTableSpec> {
    const columns = this.context.columns[table.silverTable];
    const base = { silverTable: table.silverTable, ...this.where(table, columns), refresh: this.refresh(table.refresh) };
    switch (table.kind) {
      case 'aggregate': return {
        kind: 'aggregate',
        ...base,
        groupBy: mapValues(table.groupBy, text => this.value(text, columns)),
        measures: mapValues(table.measures, measure => this.measure(measure, columns)),
      };
      case 'snapshot': {
        const expressions = mapValues(table.columns, text => this.value(text, columns));
        const { key } = this.context.declaration.tables[table.silverTable];
        return {
          kind: 'snapshot', ...base, columns: expressions, key: snapshotKey(mapValues(expressions, expression => expression.tree), key),
        };
      }
      case 'metrics': return {
        kind: 'metrics',
        ...base,
        timeColumn: table.timeColumn,
        metrics: mapValues(table.metrics, metric => this.metric(metric, columns)),
        valueType: metricsType(Object.values(table.metrics).map(metric => figureType(metric, columns))),
      };
    }
  }

  private measure(measure: MeasureDeclaration, columns: TableColumns): MeasureSpec {
    const { aggregate, column } = measure;
    return { aggregate, ...(column !== undefined && { column }), ...this.where(measure, columns), type: figureType(measure, columns) };
  }

  private metric(metric: KeyMetricDeclaration, columns: TableColumns): KeyMetricSpec {
    const { aggregate, column, previous } = metric;
    const window = windowSpec(metric.window, this.context.declaration.timeZone);
    return { aggregate, ...(column !== undefined && { column }), ...this.where(metric, columns), window, ...(previous && { previous }) };
  }

  private refresh(refresh: RefreshDeclaration): RefreshSpec {
    if (refresh.kind !== 'delta') return refresh;
    const window = windowSpec({ kind: 'last', duration: refresh.window }, this.context.declaration.timeZone);
    return { kind: 'delta', column: refresh.column, window };
  }

  private dashboard(dashboard: DashboardDeclaration, uid: string): DashboardSpec {
    const resolved = resolveDashboard(this.context, `dashboards.${uid}`, dashboard);
    if ('value' in resolved) return resolved.value;
    throw new Error(`a dashboard was rendered before it was checked: ${JSON.stringify(resolved.problems)}`);
  }

  private where({ where }: { readonly where?: string }, columns: TableColumns): { where?: UserExpression } {
    return where === undefined ? {} : { where: this.predicate(where, columns) };
  }

  private predicate(text: string, columns: TableColumns): UserExpression {
    return checked(this.context.expressions.predicate('', text, columns));
  }

  private value(text: string, columns: TableColumns): UserExpression {
    return checked(this.context.expressions.value('', text, columns));
  }
}

function figureType({ aggregate, column }: MeasureDeclaration, columns: TableColumns): MeasureSpec['type'] {
  const named: Named<MeasureSpec['type']> = columns.data;
  return measureType(aggregate, column === undefined ? undefined : named[column])!;
}

function checked({ expression, problems }: Reading): UserExpression {
  if (!expression) throw new Error(`an expression was rendered before it was checked: ${JSON.stringify(problems)}`);
  return expression;
}
