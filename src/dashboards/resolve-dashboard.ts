import type { CheckContext } from '../checks/check';
import { entry, unknownName } from '../checks/lookup';
import type { Problem } from '../checks/problem';
import { typeWithArticle, type SqlType } from '../expression/sql-type';
import type { DashboardDeclaration, VariableDeclaration } from '../spec/dashboard-declaration';
import type { DashboardSpec } from '../spec/dashboard-spec';
import { inWords } from '../spec/in-words';
import { mapValues } from '../spec/silver-columns';
import { windowSpec } from '../spec/window-spec';
import type { Resolved } from './figure';
import { goldFacts } from './gold-facts';
import { DASHBOARD_TIME_ZONE, windowProblems } from './panel-time';
import { resolvePanel } from './resolve-panel';

/** Grafana refuses less. */
const LEAST_REFRESH = 5;
const VARIABLE_NAME = /^[a-z][a-z0-9_]*$/i;
/** As text they are the same on every engine. */
const CHOOSABLE: readonly SqlType['kind'][] = ['varchar', 'integer', 'bigint', 'boolean', 'date'];

/** A dashboard with all that its declaration leaves open, or everything that is wrong with it. */
export function resolveDashboard(context: CheckContext, path: string, dashboard: DashboardDeclaration): Resolved<DashboardSpec> {
  const panels = dashboard.panels.map((panel, i) => resolvePanel(context, `${path}.panels[${i}]`, panel, dashboard.variables));
  const problems = [
    ...dashboardProblems(path, dashboard),
    ...Object.entries(dashboard.variables).flatMap(([name, variable]) => variableProblems(context, `${path}.variables.${name}`, name, variable)),
    ...panels.flatMap(panel => 'problems' in panel ? panel.problems : []),
  ];
  if (problems.length > 0) return { problems };
  return {
    value: {
      title: dashboard.title,
      ...(dashboard.description !== undefined && { description: dashboard.description }),
      refreshSeconds: dashboard.refresh.toSeconds(),
      range: windowSpec(dashboard.range, DASHBOARD_TIME_ZONE),
      variables: mapValues(dashboard.variables, ({ goldTable, column, label }, name) => {
        return { goldTable, column, label: label ?? inWords(name) };
      }),
      panels: panels.flatMap(panel => 'value' in panel ? [panel.value] : []),
    },
  };
}

function dashboardProblems(path: string, { title, refresh, range, panels }: DashboardDeclaration): Problem[] {
  const seconds = refresh.toMilliseconds({ integral: false }) / 1000;
  return [
    ...(title.trim() === '' ? [{ path, what: 'no title', fix: 'give it one' }] : []),
    ...(panels.length === 0 ? [{ path: `${path}.panels`, what: 'no panel', fix: 'add one, or leave the dashboard out' }] : []),
    ...(Number.isInteger(seconds) && seconds >= LEAST_REFRESH ? [] : [{
      path: `${path}.refresh`, what: 'no whole number of seconds, five at least', value: refresh.toHumanString(), fix: 'use Duration.minutes(5) or the like',
    }]),
    ...(range.kind === 'all-time'
      ? [{ path: `${path}.timeRange`, what: 'a time range without a beginning', fix: 'use Window.last(Duration.days(365)) or the like' }]
      : windowProblems(`${path}.timeRange`, range)),
  ];
}

function variableProblems(context: CheckContext, path: string, name: string, { goldTable, column }: VariableDeclaration): Problem[] {
  const problems: Problem[] = VARIABLE_NAME.test(name) ? [] : [{
    path, what: 'Grafana does not take that name', value: name, fix: 'use letters, digits and _, beginning with a letter',
  }];
  const gold = entry(context.declaration.gold, goldTable);
  if (!gold) return [...problems, unknownName(path, 'Gold table', goldTable, Object.keys(context.declaration.gold))];
  const { columns, dimensions } = goldFacts(context, goldTable, gold);
  if (!dimensions.includes(column) || gold.kind === 'metrics') {
    return [...problems, unknownName(path, 'column to choose by', column, gold.kind === 'metrics' ? [] : dimensions)];
  }
  const type = columns[column];
  if (!type || CHOOSABLE.includes(type.kind)) return problems;
  return [...problems, { path, what: `a choice among values of ${typeWithArticle(type)}`, value: column, fix: 'use text, a whole number, a boolean or a date' }];
}
