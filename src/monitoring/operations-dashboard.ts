import { Duration, Stack } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, MathExpression, SingleValueWidget, TextWidget, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { PipelineMetrics } from './pipeline-metrics';

export interface OperationsDashboardProps {
  readonly pipeline: string;
  readonly metrics: PipelineMetrics;
  readonly bronzeFunction: IFunction;
}

/** What Athena asks for a TB, in dollars; as in most regions. */
const DOLLARS_PER_TERABYTE = 5;
const TERABYTE = 1024 ** 4;
const HALF = 12;
const PERIOD = Duration.minutes(30);

/** From top to bottom: is it late, is it moving, what does it cost, what is wrong. */
export function operationsDashboard(scope: Construct, { pipeline, metrics, bronzeFunction }: OperationsDashboardProps): Dashboard {
  const metric: PipelineMetrics['metric'] = (key, options) => metrics.metric(key, { period: PERIOD, ...options });
  const dashboard = new Dashboard(scope, 'Dashboard', { dashboardName: pipeline, defaultInterval: Duration.days(3) });
  dashboard.addWidgets(new TextWidget({
    markdown: `# ${pipeline} (${Stack.of(scope).region})\nAll times UTC. Numbers that are missing are zero: they are only sent when there is something to count.`,
    width: 2 * HALF,
    height: 2,
  }));
  dashboard.addWidgets(
    graph('How long changes wait, in seconds', [
      metric('freshness', { label: 'In Bronze, for Silver' }),
      new MathExpression({
        label: 'In the stream, for Bronze',
        expression: 'age / 1000',
        usingMetrics: { age: bronzeFunction.metric('IteratorAge', { statistic: 'Maximum' }) },
        period: PERIOD,
      }),
    ]),
    graph('Changes', [metric('changesIngested', { label: 'Changes into Bronze' }), metric('itemsMerged', { label: 'Items into Silver' })]),
  );
  dashboard.addWidgets(
    graph('Bytes that Athena read', [metric('bytesScanned', { label: 'Bytes' })]),
    new SingleValueWidget({
      title: 'Athena, dollars a day (at 5 dollars a TB)',
      metrics: [new MathExpression({
        label: 'Dollars',
        expression: `${DOLLARS_PER_TERABYTE} * bytes / ${TERABYTE}`,
        usingMetrics: { bytes: metrics.metric('bytesScanned') },
        period: Duration.days(1),
      })],
      width: HALF,
      height: 6,
    }),
  );
  dashboard.addWidgets(
    graph('Failures', [
      metric('tablesFailed', { label: 'Tables failed' }),
      metric('tablesParked', { label: 'Tables parked' }),
      metric('failedBatches', { label: 'Batches given up' }),
      metric('poisonedFiles', { label: 'Files unreadable' }),
      metric('recordsRejected', { label: 'Records rejected' }),
      bronzeFunction.metricErrors({ label: 'Bronze failures', period: PERIOD }),
    ]),
    graph('Items held back or incomplete', [
      metric('itemsQuarantined', { label: 'Quarantined' }),
      metric('itemsDropped', { label: 'Dropped' }),
      metric('unmatchedLookups', { label: 'Without a match in a joined table' }),
      metric('conversionErrors', { label: 'Values that did not convert' }),
    ]),
  );
  dashboard.addWidgets(
    graph('Brought in beside the streams', [
      metric('backfillRowsLoaded', { label: 'Rows of exports' }),
      metric('backfillRowsRemoved', { label: 'Rows that a repair removes' }),
      metric('changesRedriven', { label: 'Changes put through again' }),
      metric('changesReencoded', { label: 'Changes encoded again' }),
    ]),
    graph('Left out of it', [
      metric('setAsideFilesLeft', { label: 'Files that a redrive left' }),
      metric('changesNotReencoded', { label: 'Changes that could not be encoded again' }),
      metric('announcementsFailed', { label: 'Refreshes not told of yet' }),
    ]),
  );
  return dashboard;
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, leftYAxis: { min: 0, showUnits: false }, width: HALF, height: 6 });
}
