import { Duration } from 'aws-cdk-lib';
import type { DashboardDeclaration } from '../spec/pipeline-declaration';
import type { Panel } from './panel';

/** What a dashboard shows. */
export interface GrafanaDashboardOptions {
  /** In reading order. */
  readonly panels: Panel[];

  /**
   * Time between two refreshes, whole seconds.
   *
   * @default Duration.minutes(5)
   */
  readonly refresh?: Duration;
}

/** A Grafana dashboard over Gold tables. */
export class GrafanaDashboard {
  /** @param title as Grafana shows it. */
  public static of(title: string, options: GrafanaDashboardOptions): GrafanaDashboard {
    return new GrafanaDashboard(title, options);
  }

  private constructor(private readonly title: string, private readonly options: GrafanaDashboardOptions) {}

  /** @internal */
  public _render(): DashboardDeclaration {
    return {
      title: this.title,
      refresh: this.options.refresh ?? Duration.minutes(5),
      panels: this.options.panels.map(panel => panel._render()),
    };
  }
}
