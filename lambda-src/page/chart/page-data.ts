import type { Frame } from './frame';
import type { PanelDefinition } from './panel-definition';

/** What the page's server says of a dashboard, for one time range and one choice of values. */
export interface DashboardPage {
  readonly uid: string;
  readonly title: string;
  readonly description?: string;
  /** Epoch milliseconds, as all times here. */
  readonly now: number;
  readonly range: RangePage;
  readonly refreshSeconds: number;
  /** Where the dashboard's own time range begins, as Grafana writes it. */
  readonly usualFrom: string;
  /** Missing where nothing further happens. */
  readonly live?: LivePage;
  readonly variables: readonly VariablePage[];
  readonly panels: readonly PanelPage[];
}

/** What has happened since the changes keep coming. */
export interface LivePage {
  readonly changes: number;
  /** When Gold had them all. */
  readonly at: number;
  readonly beatSeconds: number;
}

export interface RangePage {
  readonly from: number;
  readonly to: number;
}

export interface VariablePage {
  readonly name: string;
  readonly label: string;
  readonly values: readonly string[];
  /** Empty where all are chosen. */
  readonly chosen: readonly string[];
}

export interface PanelPage {
  readonly panel: PanelDefinition;
  /** Of this panel, which may have a window of its own. */
  readonly range: RangePage;
  /** As the dashboard's file has it; undefined for a row's heading. */
  readonly rawSql?: string;
  /** As it was run here. */
  readonly sql?: string;
  readonly answer?: { readonly kind: 'frame'; readonly frame: Frame } | { readonly kind: 'error'; readonly message: string };
}

/** A dashboard of the pipeline, to choose from. */
export interface DashboardTitle {
  readonly uid: string;
  readonly title: string;
}
