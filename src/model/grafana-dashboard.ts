import { Duration } from 'aws-cdk-lib';
import type { Problem } from '../checks/problem';
import type { DashboardDeclaration } from '../spec/dashboard-declaration';
import { mapValues } from '../spec/silver-columns';
import { GrafanaVariable } from './grafana-variable';
import { Panel } from './panel';
import { cdkObject, listOf, made, mapOf, optional, struct, text } from './shape';
import { Window } from './window';

/** What a dashboard shows. */
export interface GrafanaDashboardOptions {
  /** In reading order. */
  readonly panels: Panel[];

  /**
   * What the dashboard is for, in a sentence.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Time between two refreshes, whole seconds, five at least. Athena's results are used again for as long (a minute at least): many
   * readers cost as much as one.
   *
   * @default Duration.minutes(5)
   */
  readonly refresh?: Duration;

  /**
   * The time range that a reader sees first. Dashboards count days in UTC, as Gold does.
   *
   * @default Window.last(Duration.days(30))
   */
  readonly timeRange?: Window;

  /**
   * Choices at the top, by name: `{ region: GrafanaVariable.column('daily_sales', 'region') }`.
   *
   * @default - none
   */
  readonly variables?: { [name: string]: GrafanaVariable };
}

/** A Grafana dashboard over Gold tables. */
export class GrafanaDashboard {
  /**
   * A dashboard with panels of your choice.
   *
   * @param title as Grafana shows it.
   */
  public static of(title: string, options: GrafanaDashboardOptions): GrafanaDashboard {
    return new GrafanaDashboard(title, options);
  }

  private constructor(private readonly title: string, private readonly options: GrafanaDashboardOptions) {}

  /** @internal */
  public _render(): DashboardDeclaration {
    const { panels, description, refresh, timeRange, variables } = this.options;
    return {
      title: this.title,
      ...(description !== undefined && description !== null && { description }),
      refresh: refresh ?? Duration.minutes(5),
      range: (timeRange ?? Window.last(Duration.days(30)))._render(),
      variables: mapValues(variables ?? {}, variable => variable._render()),
      panels: panels.map(panel => panel._render()),
    };
  }

  /** @internal */
  public _problems(path: string): readonly Problem[] {
    return [...TITLE(path, this.title), ...OPTIONS(path, this.options)];
  }
}

const USAGE = "GrafanaDashboard.of('Shop', { panels: [Panel.stat(…)] })";
const VARIABLE = "GrafanaVariable.column('daily_sales', 'region')";
const TITLE = text('the title', USAGE);
const OPTIONS = struct<GrafanaDashboardOptions>({
  panels: listOf(made(() => Panel, "Panel.stat('Orders', { goldTable, metric })"), USAGE),
  description: optional(text('the description', "description: 'What the shop sells'")),
  refresh: optional(cdkObject('toMilliseconds', 'a Duration is expected', 'refresh: Duration.minutes(5)')),
  timeRange: optional(made(() => Window, 'timeRange: Window.last(Duration.days(30))')),
  variables: optional(mapOf(made(() => GrafanaVariable, VARIABLE), `variables: { region: ${VARIABLE} }`)),
}, USAGE);
