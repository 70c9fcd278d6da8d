import { Duration } from 'aws-cdk-lib';
import type { Problem } from '../checks/problem';
import type { DashboardDeclaration } from '../spec/pipeline-declaration';
import { Panel } from './panel';
import { cdkObject, listOf, made, optional, struct, text } from './shape';

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

  /** @internal */
  public _problems(path: string): readonly Problem[] {
    return [...TITLE(path, this.title), ...OPTIONS(path, this.options)];
  }
}

const USAGE = "GrafanaDashboard.of('Shop', { panels: [Panel.stat(…)] })";
const TITLE = text('the title', USAGE);
const OPTIONS = struct<GrafanaDashboardOptions>({
  panels: listOf(made(() => Panel, "Panel.stat('Orders', { goldTable, metric })"), USAGE),
  refresh: optional(cdkObject('toMilliseconds', 'a Duration is expected', 'refresh: Duration.minutes(5)')),
}, USAGE);
