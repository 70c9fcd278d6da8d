import { Metric, Unit, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { closestName } from '../expression/closest-name';
import { METRIC_DIMENSIONS, METRICS, METRICS_NAMESPACE, type MetricKey } from '../spec/metrics';

/** A metric that no pipeline sends. */
export class UnknownMetricError extends Error {
  public readonly name = 'UnknownMetricError';
}

/** The metrics of one pipeline, as CloudWatch has them. */
export class PipelineMetrics {
  public constructor(private readonly pipeline: string) {}

  public metric(key: MetricKey, options?: MetricOptions): Metric {
    const { name, unit, statistic } = METRICS[key];
    return new Metric({
      namespace: METRICS_NAMESPACE,
      metricName: name,
      statistic,
      ...options,
      unit: options?.unit ?? UNITS[unit],
      dimensionsMap: { [METRIC_DIMENSIONS.pipeline]: this.pipeline, ...options?.dimensionsMap },
    });
  }

  /** Throws UnknownMetricError. */
  public named(name: string, options?: MetricOptions): Metric {
    const keys = Object.keys(METRICS) as MetricKey[];
    const key = keys.find(candidate => METRICS[candidate].name === name);
    if (key !== undefined) return this.metric(key, options);
    const names = keys.map(candidate => METRICS[candidate].name);
    const near = closestName(name, names);
    throw new UnknownMetricError(`no pipeline sends a metric ${JSON.stringify(name)}: ${near ? `did you mean "${near}"?` : `use one of ${names.join(', ')}`}`);
  }
}

const UNITS = { Count: Unit.COUNT, Bytes: Unit.BYTES, Seconds: Unit.SECONDS } as const;
