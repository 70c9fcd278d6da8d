import { Duration } from 'aws-cdk-lib';
import type { CheckContext } from '../checks/check';
import { isNested, isNumeric } from '../expression/sql-type';
import type { DashboardDeclaration, PanelDeclaration } from '../spec/dashboard-declaration';
import { inWords } from '../spec/in-words';
import type { GoldTableDeclaration } from '../spec/pipeline-declaration';
import { naturalAggregate } from './figure';
import { goldFacts, type GoldFacts } from './gold-facts';
import { resolvePanel } from './resolve-panel';

const MOST_FIGURES = 4;
const MOST_COLUMNS = 12;

/** What a pipeline shows whose user has not said what: figures first, then their course, shares and rows. Undefined without Gold tables. */
export function defaultDashboard(context: CheckContext, title: string): DashboardDeclaration | undefined {
  const tables = Object.entries(context.declaration.gold).sort(([a], [b]) => a < b ? -1 : 1);
  const suggested = tables.map(([name, gold]) => panelsOf(goldFacts(context, name, gold), gold));
  const panels = PLACES.flatMap(place => suggested.flatMap(table => table[place]))
    .filter(panel => 'value' in resolvePanel(context, 'dashboards', panel, {}));
  if (panels.length === 0) return undefined;
  return { title, refresh: Duration.minutes(5), range: { kind: 'last', duration: Duration.days(30) }, variables: {}, panels };
}

const PLACES = ['figures', 'charts', 'rows'] as const;

type Suggestions = { readonly [place in typeof PLACES[number]]: readonly PanelDeclaration[] };

function panelsOf(facts: GoldFacts, gold: GoldTableDeclaration): Suggestions {
  switch (facts.kind) {
    case 'metrics': return { figures: [{ kind: 'stat', title: inWords(facts.name), goldTable: facts.name }], charts: [], rows: [] };
    case 'snapshot': return { figures: [], charts: [], rows: rowsOf(facts) };
    case 'aggregate': return gold.kind === 'aggregate' && facts.times.length > 0 ? inTime(facts) : byGroup(facts);
  }
}

/** Totals with the period before, a line each, and the shares of each group. */
function inTime(facts: GoldFacts): Suggestions {
  const { name: goldTable } = facts;
  const [timeColumn] = facts.times;
  const figures = figuresOf(facts);
  const adding = figures.filter(column => naturalAggregate(facts, column) === 'sum').slice(0, MOST_FIGURES);
  const others = facts.groups.filter(group => group !== timeColumn && facts.columns[group]?.kind === 'varchar');
  const [by] = others;
  const [main] = adding;
  return {
    figures: adding.map(value => ({ kind: 'total', title: inWords(value), goldTable, timeColumn, value })),
    charts: [
      ...others.flatMap((group): PanelDeclaration[] => main === undefined ? [] : [
        { kind: 'pie', title: `${inWords(main)} by ${inWords(group).toLowerCase()}`, goldTable, timeColumn, value: main, by: group },
      ]),
      ...adding.map((value): PanelDeclaration => ({ kind: 'time-series', title: `${inWords(value)} over time`, goldTable, timeColumn, values: [value], drawing: 'bars' })),
      // What does not add up has a line for each group, or none.
      ...figures.filter(column => naturalAggregate(facts, column) === undefined).slice(0, MOST_FIGURES).map((value): PanelDeclaration => ({
        kind: 'time-series', title: `${inWords(value)} over time`, goldTable, timeColumn, values: [value], ...(by !== undefined && { by }),
      })),
    ],
    rows: [],
  };
}

function byGroup(facts: GoldFacts): Suggestions {
  const { name: goldTable } = facts;
  const by = facts.groups.find(group => facts.columns[group]?.kind === 'varchar') ?? facts.groups[0];
  const bars = figuresOf(facts).slice(0, MOST_FIGURES).map((value): PanelDeclaration => ({
    kind: 'bar', title: `${inWords(value)} by ${inWords(by ?? '').toLowerCase()}`, goldTable, values: [value], by: by ?? '',
  }));
  return { figures: [], charts: bars, rows: rowsOf(facts) };
}

function rowsOf(facts: GoldFacts): PanelDeclaration[] {
  const columns = [...facts.dimensions, ...Object.keys(facts.measures).sort()].filter(column => {
    const type = facts.columns[column];
    return type !== undefined && !isNested(type) && type.kind !== 'varbinary';
  });
  return [{ kind: 'table', title: inWords(facts.name), goldTable: facts.name, columns: columns.slice(0, MOST_COLUMNS) }];
}

/** Sums before counts: money says more than its number. */
function figuresOf(facts: GoldFacts): string[] {
  const rank = (column: string): number => facts.measures[column] === 'sum' ? 0 : 1;
  return Object.keys(facts.measures)
    .filter(column => facts.columns[column] && isNumeric(facts.columns[column]))
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}
