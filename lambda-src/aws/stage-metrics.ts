import { Metrics } from '@aws-lambda-powertools/metrics';
import { ENVIRONMENT, type MetricDetailMode } from '../../src/spec/environment';
import { METRIC_DIMENSIONS, METRICS, METRICS_NAMESPACE, type Measurements, type MetricKey } from '../../src/spec/metrics';
import type { Named } from '../../src/spec/pipeline-spec';
import type { StageMeasurements } from '../ports/stage-measurements';
import { requireEnvironment } from './require-environment';

/** Sends a stage's measurements as CloudWatch metrics, by way of its log: no call to wait for, and none that could fail. */
export class StageMetrics {
  public constructor(private readonly pipeline: string, private readonly detail: MetricDetailMode) {}

  public publish({ stage = {}, tables }: StageMeasurements): void {
    this.send(combined([stage, ...Object.values(tables)]), {});
    if (this.detail === 'pipeline') return;
    for (const [table, measurements] of Object.entries(tables)) this.send(measurements, { [METRIC_DIMENSIONS.table]: table });
  }

  private send(measurements: Measurements, dimensions: Named<string>): void {
    const worthSending = entriesOf(measurements).filter(([metric, value]) => value !== 0 || METRICS[metric].sent === 'always');
    if (worthSending.length === 0) return;
    const metrics = new Metrics({ namespace: METRICS_NAMESPACE });
    // A dimension more is a metric more to pay for: the name of the service, which Powertools adds, tells nothing new.
    metrics.clearDefaultDimensions();
    metrics.setDefaultDimensions({ [METRIC_DIMENSIONS.pipeline]: this.pipeline, ...dimensions });
    for (const [metric, value] of worthSending) metrics.addMetric(METRICS[metric].name, METRICS[metric].unit, value);
    metrics.publishStoredMetrics();
  }
}

/** As the construct configured it. Throws MissingEnvironmentError. */
export function deployedMetrics(): StageMetrics {
  return new StageMetrics(requireEnvironment(ENVIRONMENT.pipeline), requireEnvironment(ENVIRONMENT.metricDetail) as MetricDetailMode);
}

function combined(all: readonly Measurements[]): Measurements {
  const total: { [metric in MetricKey]?: number } = {};
  for (const [metric, value] of all.flatMap(entriesOf)) {
    const so = total[metric] ?? 0;
    total[metric] = METRICS[metric].statistic === 'Sum' ? so + value : Math.max(so, value);
  }
  return total;
}

function entriesOf(measurements: Measurements): [MetricKey, number][] {
  return (Object.entries(measurements) as [MetricKey, number | undefined][])
    .filter((entry): entry is [MetricKey, number] => entry[1] !== undefined);
}
