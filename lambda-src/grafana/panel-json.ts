import type { PanelSpec } from '../../src/spec/dashboard-spec';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { grafanaSql } from '../sql/grafana';
import { FORMAT, type AthenaTarget, type DataSourceReference } from './athena-target';
import type { FieldConfig } from './field-config';
import { startOf } from './grafana-time';
import type { JsonObject } from './json';
import { looks } from './panel-looks';
import { panelQuery } from './sql/panel-query';

/** The version of Grafana whose panels these are. */
export const PANELS_VERSION = '13.2.2';

const LINK = {
  type: 'link', icon: 'external link', tooltip: '', tags: [], asDropdown: false, targetBlank: true, includeVars: false, keepTime: false,
};

/** A panel as a dashboard holds it, its place apart. */
export interface PanelJson {
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly pluginVersion?: string;
  readonly datasource?: DataSourceReference;
  readonly targets?: readonly AthenaTarget[];
  readonly fieldConfig?: FieldConfig;
  readonly options?: JsonObject;
  readonly links?: readonly JsonObject[];
  readonly timeFrom?: string;
  readonly [further: string]: unknown;
}

export function panelJson(spec: PipelineSpec, panel: PanelSpec, target: (sql: string) => AthenaTarget): PanelJson {
  const query = target(grafanaSql(panelQuery(spec, panel)));
  const { type, fieldConfig, options } = looks(spec, panel);
  const window = panel.time?.window;
  return {
    type,
    title: panel.title,
    ...(panel.description !== undefined && { description: panel.description }),
    pluginVersion: PANELS_VERSION,
    datasource: query.datasource,
    targets: [{ ...query, format: isTimeSeries(panel) ? FORMAT.timeSeries : FORMAT.table }],
    fieldConfig,
    options,
    transparent: false,
    links: Object.entries(panel.links).map(([title, url]) => ({ ...LINK, title, url })),
    // Grafana writes the window beside the panel's title.
    ...(window && { timeFrom: startOf(window) }),
  };
}

/** What the plugin is to make one line for each label of. */
function isTimeSeries(panel: PanelSpec): boolean {
  return panel.kind === 'time-series' || (panel.kind === 'total' && panel.beside === 'sparkline');
}
