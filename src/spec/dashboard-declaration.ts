import type { Duration } from 'aws-cdk-lib';
import type { Drawing, FieldStyleSpec, FigureAggregate } from './dashboard-spec';
import type { WindowDeclaration } from './pipeline-declaration';
import type { Named } from './pipeline-spec';

/** A dashboard as its props say it. */
export interface DashboardDeclaration {
  readonly title: string;
  readonly description?: string;
  readonly refresh: Duration;
  readonly range: WindowDeclaration;
  readonly variables: Named<VariableDeclaration>;
  readonly panels: readonly PanelDeclaration[];
}

export interface VariableDeclaration {
  readonly label?: string;
  readonly goldTable: string;
  readonly column: string;
}

export interface PanelCommonDeclaration extends Omit<FieldStyleSpec, 'label' | 'link'> {
  readonly title: string;
  readonly goldTable: string;
  readonly description?: string;
  readonly links?: Named<string>;
  readonly width?: number;
  readonly height?: number;
  readonly styles?: Named<FieldStyleSpec>;
}

/** What panels have that show rows of a time. */
export interface TimedDeclaration {
  readonly timeColumn?: string;
  readonly window?: WindowDeclaration;
}

/** What panels have that make one figure of several rows. */
export interface FigureDeclaration {
  readonly aggregate?: FigureAggregate;
}

export type PanelDeclaration = PanelCommonDeclaration & (
  | { readonly kind: 'pie'; readonly value: string; readonly by: string; readonly limit?: number } & TimedDeclaration
  | { readonly kind: 'bar'; readonly values: readonly string[]; readonly by: string; readonly limit?: number } & TimedDeclaration & FigureDeclaration
  | { readonly kind: 'bar-gauge'; readonly value: string; readonly by: string; readonly limit?: number } & TimedDeclaration & FigureDeclaration
  | {
    readonly kind: 'time-series';
    readonly timeColumn: string;
    readonly values: readonly string[];
    readonly by?: string;
    readonly drawing?: Drawing;
    readonly window?: WindowDeclaration;
  } & FigureDeclaration
  | { readonly kind: 'total'; readonly value: string; readonly beside?: 'previous-period' | 'sparkline' | 'nothing' } & TimedDeclaration & FigureDeclaration
  | { readonly kind: 'stat'; readonly metrics?: readonly string[] }
  | { readonly kind: 'gauge'; readonly metric: string; readonly minimum?: number; readonly maximum: number }
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly sortBy?: string; readonly order?: 'ascending' | 'descending'; readonly limit?: number } & TimedDeclaration
);
