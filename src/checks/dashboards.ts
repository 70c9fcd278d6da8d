import { isNested, isNumeric, typeWithArticle, type SqlType } from '../expression/sql-type';
import { isTime } from '../expression/type-rules';
import type { DashboardDeclaration, PanelDeclaration } from '../spec/pipeline-declaration';
import type { Check, CheckContext } from './check';
import { goldColumns } from './gold-columns';
import { entry, unknownName } from './lookup';
import type { Problem } from './problem';

type Columns = ReturnType<typeof goldColumns>;

/** Panels show columns and metrics that exist, of a type that they can show. */
export const checkDashboards: Check = context => Object.entries(context.declaration.dashboards).flatMap(([uid, dashboard]) => [
  ...dashboardProblems(`dashboards.${uid}`, dashboard),
  ...dashboard.panels.flatMap((panel, i) => panelProblems(context, `dashboards.${uid}.panels[${i}]`, panel)),
]);

function dashboardProblems(path: string, { title, refresh, panels }: DashboardDeclaration): Problem[] {
  const seconds = refresh.toMilliseconds({ integral: false }) / 1000;
  return [
    ...(title.trim() === '' ? [{ path, what: 'no title', fix: 'give it one' }] : []),
    ...(panels.length === 0 ? [{ path: `${path}.panels`, what: 'no panel', fix: 'add one, or leave the dashboard out' }] : []),
    ...(Number.isInteger(seconds) && seconds >= 1 ? [] : [{
      path: `${path}.refresh`, what: 'no whole number of seconds', value: refresh.toHumanString(), fix: 'use Duration.minutes(5) or the like',
    }]),
  ];
}

function panelProblems(context: CheckContext, path: string, panel: PanelDeclaration): Problem[] {
  const gold = entry(context.declaration.gold, panel.goldTable);
  if (!gold) return [unknownName(path, 'Gold table', panel.goldTable, Object.keys(context.declaration.gold))];
  const columns = goldColumns(context, gold);
  switch (panel.kind) {
    case 'pie': return [
      ...shows(`${path}.value`, columns, panel.value, isNumeric, 'a number column'),
      ...shows(`${path}.by`, columns, panel.by, type => !isNested(type), 'a column of single values'),
    ];
    case 'time-series': return [
      ...shows(`${path}.timeColumn`, columns, panel.timeColumn, isTime, 'a date or timestamp column'),
      ...panel.values.flatMap((value, i) => shows(`${path}.values[${i}]`, columns, value, isNumeric, 'a number column')),
      ...(panel.values.length === 0 ? [{ path: `${path}.values`, what: 'no line', fix: 'name at least one number column' }] : []),
    ];
    case 'table': return [
      ...panel.columns.flatMap((column, i) => shows(`${path}.columns[${i}]`, columns, column, () => true, 'a column')),
      ...(panel.columns.length === 0 ? [{ path: `${path}.columns`, what: 'no column', fix: 'name at least one' }] : []),
      ...(panel.sortBy === undefined ? [] : shows(`${path}.sortBy`, columns, panel.sortBy, type => !isNested(type), 'a column of single values')),
    ];
    case 'stat':
      if (gold.kind !== 'metrics') {
        return [{ path, what: 'the table has no metrics', value: panel.goldTable, fix: 'name a table made with GoldTable.metrics' }];
      }
      return Object.hasOwn(gold.metrics, panel.metric) ? [] : [unknownName(`${path}.metric`, 'metric', panel.metric, Object.keys(gold.metrics))];
  }
}

function shows(path: string, columns: Columns, name: string, fits: (type: SqlType) => boolean, wanted: string): Problem[] {
  if (!Object.hasOwn(columns, name)) return [unknownName(path, 'column', name, Object.keys(columns))];
  const type = columns[name];
  return !type || fits(type) ? [] : [{ path, what: typeWithArticle(type), value: name, fix: `use ${wanted}` }];
}
