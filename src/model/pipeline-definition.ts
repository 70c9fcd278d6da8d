import type { TimeZone } from 'aws-cdk-lib';
import type { GoldTable } from './gold-table';
import type { GrafanaDashboard } from './grafana-dashboard';
import type { SilverTable } from './silver-table';

/**
 * What a pipeline computes, apart from where it runs. Everything in it must be known at synth; all that is wrong with it is reported
 * at once, each problem with its path and its fix.
 */
export interface PipelineDefinition {
  /** Silver tables by name, one at least. */
  readonly tables: { [name: string]: SilverTable };

  /**
   * Gold tables by name. No Gold table has the name of a Silver table.
   *
   * @default - none
   */
  readonly gold?: { [name: string]: GoldTable };

  /**
   * Dashboards by Grafana uid: 1 to 40 letters, digits, `-` and `_`. An empty map is none.
   *
   * @default - one made from the Gold tables: their figures, the course of them, shares and rows
   */
  readonly dashboards?: { [uid: string]: GrafanaDashboard };

  /**
   * Where a day begins for windows that name no zone of their own. It moves windows only: `CAST(order_date AS date)` is a UTC day.
   *
   * @default TimeZone.ETC_UTC
   */
  readonly timeZone?: TimeZone;
}
