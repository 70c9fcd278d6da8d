import type { DashboardSpec, PanelSpec } from '../../src/spec/dashboard-spec';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { grafanaSql } from '../sql/grafana';
import { athenaTarget, type AthenaTarget, type DataSourceReference } from './athena-target';
import { freshnessPanel, freshnessRow } from './freshness-panel';
import { interval, startOf } from './grafana-time';
import type { JsonObject } from './json';
import { arrange, type GridPosition } from './layout';
import { panelJson, type PanelJson } from './panel-json';
import { freshnessQuery, variableQuery } from './sql/dashboard-query';
import { EVERYTHING } from './sql/gold-rows';

/** A dashboard as Grafana reads it from a file: the classic format, which every version since 10 takes. */
export interface DashboardJson {
  readonly uid: string;
  readonly title: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly version: number;
  readonly editable: boolean;
  readonly timezone: 'utc';
  readonly weekStart: string;
  readonly fiscalYearStartMonth: number;
  readonly graphTooltip: number;
  readonly refresh: string;
  readonly time: { readonly from: string; readonly to: string };
  readonly timepicker: JsonObject;
  readonly templating: { readonly list: readonly VariableJson[] };
  readonly annotations: { readonly list: readonly JsonObject[] };
  readonly links: readonly JsonObject[];
  readonly panels: readonly (PanelJson & { readonly id: number; readonly gridPos: GridPosition })[];
}

export interface VariableJson {
  readonly type: 'query';
  readonly name: string;
  readonly label: string;
  readonly datasource: DataSourceReference;
  readonly query: AthenaTarget;
  readonly allValue: string;
  readonly [further: string]: unknown;
}

/** The newest version of the classic format. */
const SCHEMA_VERSION = 42;
/** When the page is loaded. */
const ON_LOAD = 1;
/** One line over all graphs shows the same time. */
const SHARED_CROSSHAIR = 1;
const ALPHABETICAL = 1;

export function dashboardJson(spec: PipelineSpec, uid: string, dashboard: DashboardSpec, dataSource: DataSourceReference): DashboardJson {
  const target = (sql: string): AthenaTarget => athenaTarget(dataSource, sql, dashboard.refreshSeconds);
  const panels = dashboard.panels.map(panel => panelJson(spec, panel, target));
  const freshness = freshnessPanel(target(grafanaSql(freshnessQuery(dashboard))));
  const positions = arrange(dashboard.panels);
  const bottom = Math.max(...positions.map(({ y, h }) => y + h));
  const placed = [
    ...panels.map((panel, i) => ({ ...panel, gridPos: positions[i] })),
    { ...freshnessRow(), gridPos: { x: 0, y: bottom, w: 24, h: 1 } },
    { ...freshness, gridPos: { x: 0, y: bottom + 1, w: 24, h: 2 + tableCount(dashboard.panels) } },
  ];
  return {
    uid,
    title: dashboard.title,
    ...(dashboard.description !== undefined && { description: dashboard.description }),
    tags: ['cdk-medallion-analytics'],
    schemaVersion: SCHEMA_VERSION,
    version: 1,
    editable: true,
    timezone: 'utc',
    weekStart: '',
    fiscalYearStartMonth: 0,
    graphTooltip: SHARED_CROSSHAIR,
    refresh: interval(dashboard.refreshSeconds),
    time: { from: startOf(dashboard.range), to: 'now' },
    timepicker: {},
    templating: {
      list: Object.entries(dashboard.variables)
        .map(([name, variable]) => variableJson(name, variable.label, target(grafanaSql(variableQuery(spec, variable))))),
    },
    annotations: { list: [] },
    links: [],
    panels: placed.map((panel, i) => ({ id: i + 1, ...panel })),
  };
}

function variableJson(name: string, label: string, query: AthenaTarget): VariableJson {
  return {
    type: 'query',
    name,
    label,
    datasource: query.datasource,
    query,
    refresh: ON_LOAD,
    sort: ALPHABETICAL,
    multi: true,
    includeAll: true,
    // Put into the SQL as it is: a text in quotes.
    allValue: `'${EVERYTHING}'`,
    current: { text: ['All'], value: ['$__all'] },
    options: [],
    regex: '',
    hide: 0,
    skipUrlSync: false,
  };
}

function tableCount(panels: readonly PanelSpec[]): number {
  return new Set(panels.map(({ goldTable }) => goldTable)).size;
}
