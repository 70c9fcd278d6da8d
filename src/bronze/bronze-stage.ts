import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { EventSourceMapping, StartingPosition, type IEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from '../shipping/acknowledge-wildcard';
import { HandlerFunction } from '../shipping/handler-function';
import { ENVIRONMENT } from '../spec/environment';
import type { Named, PipelineSpec } from '../spec/pipeline-spec';
import { mapValues } from '../spec/silver-columns';
import { BRONZE_PREFIX, DEPLOYMENT_KEY, FAILED_BATCHES_PREFIX, REJECTED_PREFIX } from '../spec/storage-layout';
import type { Lake } from '../storage/lake';
import { FailedBatches } from './failed-batches';

/** How long DynamoDB keeps a change in the stream. */
const STREAM_RETENTION = Duration.hours(24);
/** What is left of it, when Lambda gives a batch up, to look at those behind it. */
const MARGIN = Duration.hours(4);

/**
 * A batch fails only by infrastructure or by code, so it is tried again and again, cut in half each time, and kept whole
 * when it is given up. Few large files suit Silver, which comes every half hour: the payload limit of 6 MB cuts first.
 */
const STREAM_READING = {
  startingPosition: StartingPosition.TRIM_HORIZON,
  batchSize: 10_000,
  maxBatchingWindow: Duration.seconds(60),
  bisectBatchOnError: true,
  retryAttempts: 100,
  maxRecordAge: Duration.hours(STREAM_RETENTION.toHours() - MARGIN.toHours()),
};

export interface BronzeStageProps {
  readonly lake: Lake;
  readonly spec: PipelineSpec;
  readonly specJson: string;
  /** Silver table to its source. */
  readonly sources: { readonly [silverTable: string]: ITable };
}

/** Takes the sources' streams into the change log. */
export class BronzeStage extends Construct {
  public readonly handler: HandlerFunction;
  /** Silver table to what reads its source's stream. */
  public readonly eventSources: Named<IEventSourceMapping>;

  public constructor(scope: Construct, id: string, props: BronzeStageProps) {
    super(scope, id);
    const { bucket, access } = props.lake;
    this.handler = new HandlerFunction(this, 'Handler', {
      handler: 'bronze',
      description: 'Writes changes of DynamoDB tables to the Bronze change log',
      specJson: props.specJson,
      environment: { ...props.lake.telemetry, [ENVIRONMENT.bucket]: bucket.bucketName },
      // The one stage that works on rows, bound by CPU: half the memory takes twice the time at the same price.
      memorySize: 1024,
      timeout: Duration.minutes(5),
    });
    this.handler.allow(
      ...access.writeObjects(BRONZE_PREFIX, REJECTED_PREFIX, FAILED_BATCHES_PREFIX),
      ...access.readObjects(DEPLOYMENT_KEY),
      ...access.listBucket(),
    );
    acknowledgeWildcard(this.handler.role, '*', 'dynamodb:ListStreams, which reading a stream takes, cannot be allowed for one table alone.');
    // In the order of the spec, which is sorted: other languages hand maps over in any order.
    this.eventSources = mapValues(props.spec.tables, ({ bronzeName }, silverTable) =>
      this.readStream(bronzeName, props.sources[silverTable], new FailedBatches(bucket)));
  }

  private readStream(bronzeName: string, source: ITable, onFailure: FailedBatches): IEventSourceMapping {
    source.grantStreamRead(this.handler.role);
    return new EventSourceMapping(this, `${bronzeName}-stream`, {
      ...STREAM_READING,
      target: this.handler.function,
      eventSourceArn: source.tableStreamArn,
      onFailure,
    });
  }
}
