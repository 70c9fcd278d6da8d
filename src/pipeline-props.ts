import type { RemovalPolicy } from 'aws-cdk-lib';
import type { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { PipelineDefinition } from './model/pipeline-definition';

/** What to build and how it runs. */
export interface MedallionAnalyticsPipelineProps extends PipelineDefinition {
  /**
   * The name from which the Glue databases (`<name>_silver`, `<name>_gold`, …) and the Athena workgroup derive: at most 100
   * characters a-z, 0-9 and _, beginning with a letter, not taken in this account and region. A name keeps them when the
   * construct moves to another place in the app; the same statement then reads `"<name>_gold"."daily_sales"`.
   *
   * @default - made from the construct's path
   */
  readonly name?: string;

  /**
   * When new Bronze files are merged into Silver. Each run that finds something costs a few Athena statements a table; one
   * that finds nothing costs none.
   *
   * @default ScheduleExpression.rate(Duration.minutes(30))
   */
  readonly silverSchedule?: ScheduleExpression;

  /**
   * When Gold looks whether a window has moved. After a Silver run that changed something Gold runs in any case.
   *
   * @default ScheduleExpression.rate(Duration.hours(1))
   */
  readonly goldSchedule?: ScheduleExpression;

  /**
   * What becomes of bucket, databases and tables when the pipeline is taken out of the app. `DESTROY` deletes all data.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}
