import type { Named, WindowSpec } from './pipeline-spec';

/** A dashboard over Gold tables. Every column in it exists and has a type that its panel can show. */
export interface DashboardSpec {
  readonly title: string;
  readonly description?: string;
  /** Seconds between two refreshes, and the age at which a result is asked for again. */
  readonly refreshSeconds: number;
  /** The time range that a reader sees first. */
  readonly range: WindowSpec;
  /** What a reader may choose by, by name. */
  readonly variables: Named<VariableSpec>;
  readonly panels: readonly PanelSpec[];
}

/** A choice among the values of a Gold column. */
export interface VariableSpec {
  readonly label: string;
  readonly goldTable: string;
  readonly column: string;
}

export type PanelSpec = PanelCommonSpec & (
  | { readonly kind: 'pie'; readonly value: FigureSpec; readonly by: string; readonly limit: number }
  | { readonly kind: 'bar'; readonly values: readonly FigureSpec[]; readonly by: string; readonly limit: number }
  | { readonly kind: 'bar-gauge'; readonly values: readonly FigureSpec[]; readonly by: string; readonly limit: number }
  | { readonly kind: 'time-series'; readonly timeColumn: string; readonly values: readonly FigureSpec[]; readonly by?: string; readonly drawing: Drawing }
  | { readonly kind: 'total'; readonly value: FigureSpec; readonly beside: 'previous-period' | 'sparkline' | 'nothing' }
  | { readonly kind: 'stat'; readonly metrics: readonly string[]; readonly beside: 'previous-period' | 'nothing' }
  | { readonly kind: 'gauge'; readonly metric: string; readonly minimum: number; readonly maximum: number }
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly sortBy?: string; readonly order: 'ascending' | 'descending'; readonly limit: number }
);

export type Drawing = 'lines' | 'area' | 'bars' | 'stacked-area' | 'stacked-bars';

export interface PanelCommonSpec extends FieldStyleSpec {
  readonly title: string;
  readonly description?: string;
  readonly goldTable: string;
  /** Rows that are shown are those of the time range, or of the panel's own window; without it, all. */
  readonly time?: PanelTimeSpec;
  /** Variables of the dashboard that choose rows here, by name, with the column that they choose by. */
  readonly filters: Named<string>;
  /** Link text to address. */
  readonly links: Named<string>;
  /** Of 24. */
  readonly width?: number;
  /** In units of 30 pixels. */
  readonly height?: number;
  /** How single columns (or metrics) look, where that is not as the panel says. */
  readonly styles: Named<FieldStyleSpec>;
}

export interface PanelTimeSpec {
  readonly column: string;
  readonly type: 'date' | 'timestamp';
  /** Instead of the dashboard's time range. */
  readonly window?: WindowSpec;
}

/** A number column, and how its values become one where a panel shows several rows as one. */
export interface FigureSpec {
  readonly column: string;
  readonly aggregate: FigureAggregate;
}

export type FigureAggregate = 'sum' | 'min' | 'max' | 'average' | 'latest';

export interface FieldStyleSpec {
  readonly label?: string;
  /** Grafana's name of a unit. */
  readonly unit?: string;
  readonly decimals?: number;
  /** Colours from a value upwards; the one without a value is that of everything below. */
  readonly thresholds?: readonly { readonly value?: number; readonly color: string }[];
  /** Colours of single values, as text. */
  readonly valueColors?: Named<string>;
  readonly link?: string;
}
