import type { AthenaTarget } from './athena-target';
import type { FieldOverride } from './field-config';
import { PANELS_VERSION, type PanelJson } from './panel-json';
import { FRESHNESS } from './sql/dashboard-query';

const DESCRIPTION = 'When a row of the table last got a new value. It is old where nothing has changed in the source for long.';

export function freshnessRow(): PanelJson {
  return { type: 'row', title: 'Data as of', collapsed: false, panels: [] };
}

/** How old what a dashboard shows is: by the time that Gold itself notes in every row. */
export function freshnessPanel(target: AthenaTarget): PanelJson {
  const field = (name: string, ...properties: FieldOverride['properties']): FieldOverride => ({ matcher: { id: 'byName', options: name }, properties });
  return {
    type: 'table',
    title: 'Last change of each table',
    description: DESCRIPTION,
    pluginVersion: PANELS_VERSION,
    datasource: target.datasource,
    targets: [target],
    fieldConfig: {
      defaults: {
        color: { mode: 'fixed', fixedColor: 'text' },
        thresholds: { mode: 'absolute', steps: [{ color: 'text', value: null }] },
        mappings: [],
        noValue: 'never',
        custom: { align: 'left', cellOptions: { type: 'auto' }, inspect: false },
      },
      overrides: [
        field(FRESHNESS.table, { id: 'displayName', value: 'Gold table' }),
        field(FRESHNESS.rows, { id: 'displayName', value: 'Rows' }, { id: 'unit', value: 'locale' }),
        field(FRESHNESS.changed, { id: 'displayName', value: 'Last change' }, { id: 'unit', value: 'dateTimeFromNow' }),
      ],
    },
    options: { showHeader: true, cellHeight: 'sm' },
    transparent: false,
    links: [],
  };
}
