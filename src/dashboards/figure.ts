import { unknownName } from '../checks/lookup';
import type { Problem } from '../checks/problem';
import { isNumeric, typeWithArticle } from '../expression/sql-type';
import type { FigureAggregate, FigureSpec } from '../spec/dashboard-spec';
import type { MeasureDeclaration } from '../spec/pipeline-declaration';
import { GOLD_SYSTEM_COLUMNS } from '../spec/system-columns';
import type { GoldFacts } from './gold-facts';

/** A number column of a panel as a user names it. */
export interface GivenFigure {
  readonly path: string;
  readonly column: string;
  readonly aggregate: FigureAggregate | undefined;
}

/** What the panel shows beside the figure. */
export interface Shown {
  /** Columns that the panel groups by. */
  readonly by: readonly string[];
  /** The column that says which row is the latest. */
  readonly time?: string;
}

export type Resolved<T> = { readonly value: T } | { readonly problems: readonly Problem[] };

const WORDS: { readonly [aggregate in MeasureDeclaration['aggregate']]?: string } = {
  'avg': 'averages',
  'count-distinct': 'numbers of different values',
  'min': 'least values',
  'max': 'greatest values',
};

/** A figure whose rows may become one: no panel adds up what does not add up. */
export function resolveFigure(facts: GoldFacts, { path, column, aggregate }: GivenFigure, shown: Shown): Resolved<FigureSpec> {
  const refuse = (what: string, fix: string): Resolved<FigureSpec> => ({ problems: [{ path, what, value: column, fix }] });
  if (!Object.hasOwn(facts.columns, column)) return { problems: [unknownName(path, 'column', column, figuresOf(facts))] };
  const type = facts.columns[column];
  if (type && !isNumeric(type)) return refuse(typeWithArticle(type), 'use a number column');
  const together = rowsTogether(facts, shown.by);
  const natural = naturalAggregate(facts, column);
  if (together.length === 0 && facts.kind !== 'snapshot') return { value: { column, aggregate: aggregate ?? natural ?? 'max' } };
  const chosen = aggregate ?? natural;
  if (chosen === undefined || (chosen === 'sum' && natural !== 'sum')) {
    const words = WORDS[facts.measures[column]] ?? 'its values';
    return refuse(`rows of different ${listed(together)} become one figure here, and ${words} do not add up`, waysOut(facts, column, shown.by));
  }
  if (chosen === 'latest') {
    if (shown.time === undefined) return refuse('the latest of rows without a time', 'name the timeColumn, or take PanelAggregate.MAX');
    const others = facts.kind === 'snapshot' ? [] : together.filter(group => group !== shown.time);
    if (others.length > 0) {
      return refuse(`there is a latest row for every ${listed(others)}`, `show it by ${listed(others)}, or take another PanelAggregate`);
    }
  }
  return { value: { column, aggregate: chosen } };
}

/** Groups of the table that the panel does not tell apart. */
export function rowsTogether(facts: GoldFacts, by: readonly string[]): string[] {
  return facts.groups.filter(group => !by.includes(group));
}

/** What several values of a column make together, as it was computed; undefined where that is not one of them. */
export function naturalAggregate(facts: GoldFacts, column: string): FigureAggregate | undefined {
  if (facts.kind === 'snapshot') return 'sum';
  switch (facts.measures[column]) {
    case 'count': case 'sum': return 'sum';
    case 'min': return 'min';
    case 'max': return 'max';
    default: return undefined;
  }
}

function waysOut(facts: GoldFacts, column: string, by: readonly string[]): string {
  const aggregate = facts.measures[column];
  const ways = [
    ...apart(facts),
    'take PanelAggregate.MAX, MIN or AVERAGE of the rows',
    ...aggregate && by.length > 0 ? [`declare a Gold table grouped by ${listed(by)} alone, which computes it from the items`] : [],
  ];
  // A total is of any range of time, for which only counts and sums are computed from the items, as key metrics.
  const never = aggregate && by.length === 0 && naturalAggregate(facts, column) === undefined ? `; ${WORDS[aggregate]} over any range of time are not supported` : '';
  return `${ways.join(', or ')}${never}`;
}

/** The panel that has a figure for every row. */
function apart({ groups, times }: GoldFacts): string[] {
  const [time, ...otherTimes] = times;
  const others = groups.filter(group => group !== time);
  if (time !== undefined && otherTimes.length === 0 && others.length <= 1) return [`use Panel.timeSeries over ${[time, ...others].join(' by ')}`];
  return groups.length === 1 ? [`use Panel.bar by ${groups[0]}`] : [];
}

/** Columns that a panel may have a figure of; the pipeline's own are none. */
function figuresOf({ columns }: GoldFacts): string[] {
  return Object.keys(columns).filter(column => {
    const type = columns[column];
    return !Object.hasOwn(GOLD_SYSTEM_COLUMNS, column) && (type === undefined || isNumeric(type));
  });
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
