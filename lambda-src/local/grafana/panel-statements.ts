import type { PipelineSpec } from '../../../src/spec/pipeline-spec';
import type { AthenaTarget } from '../../grafana/athena-target';
import type { DashboardJson } from '../../grafana/dashboard-json';
import { grafanaDashboards } from '../../grafana/render-files';
import { expandQuery, type AllValues, type Choices } from './expand-query';
import { rangeOf, type TimeRange } from './time-range';

/** One query of a dashboard, as it reaches the engine. */
export interface PanelStatement {
  readonly dashboard: string;
  /** The panel's title, or `variable region`. */
  readonly title: string;
  /** As the dashboard's file has it. */
  readonly rawSql: string;
  /** With macros and variables put in; tables without a database. */
  readonly sql: string;
}

export interface ReaderView {
  readonly now: Date;
  /** Instead of the dashboard's own time range; panels with a window of their own keep it. */
  readonly range?: TimeRange;
  readonly choices?: Choices;
}

/** Every query of every dashboard of a pipeline, those of variables first. */
export function panelStatements(spec: PipelineSpec, view: ReaderView): PanelStatement[] {
  return grafanaDashboards(spec, 'local').flatMap(dashboard => [
    ...dashboard.templating.list.map(({ name, query }) => statement(dashboard, `variable ${name}`, query, view)),
    ...dashboard.panels.flatMap(({ title, targets = [], timeFrom }) =>
      targets.map(target => statement(dashboard, title, target, view, timeFrom))),
  ]);
}

export function allValuesOf({ templating }: DashboardJson): AllValues {
  return Object.fromEntries(templating.list.map(({ name, allValue }) => [name, allValue]));
}

function statement(
  dashboard: DashboardJson, title: string, { rawSQL }: AthenaTarget, { now, range, choices = {} }: ReaderView, timeFrom?: string,
): PanelStatement {
  const shown = timeFrom === undefined && range ? range : rangeOf(dashboard.time, timeFrom, now);
  return { dashboard: dashboard.uid, title, rawSql: rawSQL, sql: expandQuery(rawSQL, shown, choices, allValuesOf(dashboard)) };
}
