import type { CheckContext } from '../checks/check';
import { entry, unknownName } from '../checks/lookup';
import type { Problem } from '../checks/problem';
import { isNested, typeWithArticle } from '../expression/sql-type';
import type { PanelCommonDeclaration, PanelDeclaration, VariableDeclaration } from '../spec/dashboard-declaration';
import type { FigureSpec, PanelCommonSpec, PanelSpec, PanelTimeSpec } from '../spec/dashboard-spec';
import type { Named } from '../spec/pipeline-spec';
import { appearanceProblems, wholeNumber } from './appearance';
import { resolveFigure, rowsTogether, type GivenFigure, type Resolved, type Shown } from './figure';
import { goldFacts, type GoldFacts } from './gold-facts';
import { resolveTime } from './panel-time';

const MAX_ROWS = 10_000;

/** A panel with all that its declaration leaves open, or everything that is wrong with it. Checks and rendering ask for the same. */
export function resolvePanel(
  context: CheckContext, path: string, panel: PanelDeclaration, variables: Named<VariableDeclaration>,
): Resolved<PanelSpec> {
  const gold = entry(context.declaration.gold, panel.goldTable);
  if (!gold) return { problems: [unknownName(path, 'Gold table', panel.goldTable, Object.keys(context.declaration.gold))] };
  return new PanelResolver(path, goldFacts(context, panel.goldTable, gold), variables).resolve(panel);
}

class PanelResolver {
  private readonly problems: Problem[] = [];

  public constructor(
    private readonly path: string,
    private readonly facts: GoldFacts,
    private readonly variables: Named<VariableDeclaration>,
  ) {}

  public resolve(panel: PanelDeclaration): Resolved<PanelSpec> {
    const resolved = this.panel(panel);
    return this.problems.length > 0 || !resolved ? { problems: this.problems } : { value: resolved };
  }

  /** Undefined only where a problem says why. */
  private panel(panel: PanelDeclaration): PanelSpec | undefined {
    switch (panel.kind) {
      case 'pie': {
        const time = this.time(panel);
        const value = this.figure('value', panel.value, undefined, { by: [panel.by], time: time?.column });
        this.label('by', panel.by);
        this.limit('slices', panel.limit, 1);
        if (value && value.aggregate !== 'sum' && this.isMeasure(panel.value)) {
          this.problem('value', 'shares of a whole need values that add up', panel.value, 'use a count or a sum, or Panel.bar');
        }
        return value && { kind: 'pie', ...this.common(panel, [panel.value, panel.by]), time, value, by: panel.by, limit: panel.limit ?? 8 };
      }
      case 'bar': {
        const time = this.time(panel);
        const values = this.figures(panel.values, panel.aggregate, { by: [panel.by], time: time?.column }, 'bar');
        this.label('by', panel.by);
        this.limit('limit', panel.limit, 1);
        return values && {
          kind: 'bar', ...this.common(panel, [...panel.values, panel.by]), time, values, by: panel.by, limit: panel.limit ?? 20,
        };
      }
      case 'bar-gauge': {
        const time = this.time(panel);
        const value = this.figure('value', panel.value, panel.aggregate, { by: [panel.by], time: time?.column });
        this.label('by', panel.by);
        this.limit('limit', panel.limit, 1);
        return value && {
          kind: 'bar-gauge', ...this.common(panel, [panel.value, panel.by]), time, values: [value], by: panel.by, limit: panel.limit ?? 10,
        };
      }
      case 'time-series': {
        const time = this.time(panel);
        if (panel.by !== undefined) this.label('by', panel.by);
        if (panel.by === panel.timeColumn) this.problem('by', 'lines by the time itself', panel.by, 'leave `by` out');
        const by = panel.by === undefined ? [] : [panel.by];
        const values = this.figures(panel.values, panel.aggregate, { by: [panel.timeColumn, ...by], time: panel.timeColumn }, 'line');
        return values && {
          kind: 'time-series',
          ...this.common(panel, [...panel.values, panel.timeColumn, ...by]),
          time,
          timeColumn: panel.timeColumn,
          values,
          ...(panel.by !== undefined && { by: panel.by }),
          drawing: panel.drawing ?? 'lines',
        };
      }
      case 'total': return this.total(panel);
      case 'stat': {
        const metrics = panel.metrics ?? this.facts.metrics;
        this.metrics(panel.metrics === undefined ? [] : metrics);
        // Grafana would show a change of 0 % for a metric without a period before.
        const beside = metrics.every(metric => this.facts.compared.includes(metric)) ? 'previous-period' : 'nothing';
        return { kind: 'stat', ...this.common(panel, metrics), metrics, beside };
      }
      case 'gauge': {
        this.metrics([panel.metric]);
        const { metric, minimum = 0, maximum } = panel;
        if (!(minimum < maximum)) this.problem('maximum', 'no more than the minimum', `${minimum} to ${maximum}`, 'use a greater maximum');
        return { kind: 'gauge', ...this.common(panel, [metric]), metric, minimum, maximum };
      }
      case 'table': {
        const time = this.time(panel);
        this.limit('limit', panel.limit, 1);
        panel.columns.forEach((column, i) => this.known(`columns[${i}]`, column));
        this.noneTwice('columns', panel.columns);
        if (panel.columns.length === 0) this.problems.push({ path: `${this.path}.columns`, what: 'no column', fix: 'name at least one' });
        if (panel.sortBy !== undefined) this.single('sortBy', panel.sortBy);
        const first = panel.columns.find(column => this.facts.columns[column] && !isNested(this.facts.columns[column]));
        const sortBy = panel.sortBy ?? first;
        return {
          kind: 'table',
          ...this.common(panel, panel.columns),
          time,
          columns: panel.columns,
          ...(sortBy !== undefined && { sortBy }),
          order: panel.order ?? (panel.sortBy === undefined ? 'ascending' : 'descending'),
          limit: panel.limit ?? 100,
        };
      }
    }
  }

  private total(panel: Extract<PanelDeclaration, { kind: 'total' }>): PanelSpec | undefined {
    const time = this.time(panel);
    const value = this.figure('value', panel.value, panel.aggregate, { by: [], time: time?.column });
    const beside = panel.beside ?? (time ? 'previous-period' : 'nothing');
    if (beside !== 'nothing' && !time && this.problems.length === 0) {
      this.problem('beside', 'a period before, or a course, of figures without a time', beside, 'name the timeColumn, or use TotalBeside.NOTHING');
    }
    const others = time ? rowsTogether(this.facts, [time.column]) : [];
    if (beside === 'sparkline' && value?.aggregate === 'average' && others.length > 0) {
      this.problem('beside', 'a mean of means is no mean', beside, 'use TotalBeside.PREVIOUS_PERIOD, or a Gold table grouped by the time alone');
    }
    return value && { kind: 'total', ...this.common(panel, [panel.value]), time, value, beside };
  }

  private common(panel: PanelCommonDeclaration, styled: readonly string[]): Omit<PanelCommonSpec, 'time'> {
    this.problems.push(...appearanceProblems(this.path, panel, styled));
    if (panel.title.trim() === '') this.problems.push({ path: this.path, what: 'a panel without a title', fix: 'give it one' });
    const { title, goldTable, description, unit, decimals, thresholds, width, height, links = {}, styles = {} } = panel;
    const chosen = Object.entries(this.variables).filter(([, { column }]) => this.facts.dimensions.includes(column) && this.facts.kind !== 'metrics');
    return {
      title,
      goldTable,
      description,
      unit,
      decimals,
      thresholds,
      width,
      height,
      links,
      styles,
      filters: Object.fromEntries(chosen.map(([name, { column }]) => [name, column])),
    };
  }

  private time(panel: Parameters<typeof resolveTime>[2]): PanelTimeSpec | undefined {
    const resolved = resolveTime(this.path, this.facts, panel);
    return this.valueOf(resolved);
  }

  private figures(columns: readonly string[], aggregate: GivenFigure['aggregate'], shown: Shown, each: string): FigureSpec[] | undefined {
    if (columns.length === 0) this.problems.push({ path: `${this.path}.values`, what: `no ${each}`, fix: 'name at least one number column' });
    this.noneTwice('values', [...columns, ...shown.by]);
    const figures = columns.map((column, i) => this.figure(`values[${i}]`, column, aggregate, shown));
    return figures.every(figure => figure !== undefined) && figures.length > 0 ? figures : undefined;
  }

  private figure(place: string, column: string, aggregate: GivenFigure['aggregate'], shown: Shown): FigureSpec | undefined {
    return this.valueOf(resolveFigure(this.facts, { path: `${this.path}.${place}`, column, aggregate }, shown));
  }

  private metrics(names: readonly string[]): void {
    if (this.facts.kind !== 'metrics') {
      this.problems.push({ path: this.path, what: 'the table has no metrics', value: this.facts.name, fix: 'name a table made with GoldTable.metrics' });
      return;
    }
    this.noneTwice('metrics', names);
    for (const name of names) {
      if (!this.facts.metrics.includes(name)) this.problems.push(unknownName(`${this.path}.metric`, 'metric', name, this.facts.metrics));
    }
  }

  private known(place: string, column: string): void {
    if (Object.hasOwn(this.facts.columns, column)) return;
    this.problems.push(unknownName(`${this.path}.${place}`, 'column', column, Object.keys(this.facts.columns)));
  }

  /** A column that names things. Engines write doubles each in a way of their own, `1.0E1`. */
  private label(place: string, column: string): void {
    this.single(place, column);
    const type = entry(this.facts.columns, column);
    if (type?.kind !== 'double') return;
    const fix = `name things by exact values: add a column beside it, such as ${column}_exact: 'CAST(${column} AS decimal(12, 2))'`;
    this.problem(place, typeWithArticle(type), column, fix);
  }

  /** A column that names or sorts things. */
  private single(place: string, column: string): void {
    this.known(place, column);
    const type = entry(this.facts.columns, column);
    if (type && (isNested(type) || type.kind === 'varbinary')) this.problem(place, typeWithArticle(type), column, 'use a column of single values');
  }

  private noneTwice(place: string, names: readonly string[]): void {
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined) this.problem(place, 'a name that stands there twice', twice, 'name each once');
  }

  private limit(place: string, value: number | undefined, least: number): void {
    this.problems.push(...wholeNumber(`${this.path}.${place}`, value, least, MAX_ROWS));
  }

  private isMeasure(column: string): boolean {
    return Object.hasOwn(this.facts.measures, column);
  }

  private problem(place: string, what: string, value: string, fix: string): void {
    this.problems.push({ path: `${this.path}.${place}`, what, value, fix });
  }

  private valueOf<T>(resolved: Resolved<T>): T | undefined {
    if ('value' in resolved) return resolved.value;
    this.problems.push(...resolved.problems);
    return undefined;
  }
}
