import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { EventSourceMapping, type EventSourceMappingOptions, type IEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from '../shipping/acknowledge-wildcard';
import { HandlerFunction } from '../shipping/handler-function';
import { ENVIRONMENT } from '../spec/environment';
import type { Named, PipelineSpec } from '../spec/pipeline-spec';
import { mapValues } from '../spec/silver-columns';
import { BRONZE_PREFIX, DEPLOYMENT_KEY, FAILED_BATCHES_PREFIX, REJECTED_PREFIX } from '../spec/storage-layout';
import type { Lake } from '../storage/lake';
import { FailedBatches } from './failed-batches';
import { allowHashing } from './hashing';
import type { IngestionOptions } from './ingestion-options';
import { streamReading } from './stream-reading';

export interface BronzeStageProps {
  readonly lake: Lake;
  readonly spec: PipelineSpec;
  readonly specJson: string;
  /** Silver table to its source. */
  readonly sources: { readonly [silverTable: string]: ITable };
  readonly ingestion: IngestionOptions;
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
    // Lambda puts failed batches there with this role. A bucket that somebody deletes can be made again by anybody, to receive them.
    const ownBucket = { StringEquals: { 's3:ResourceAccount': bucket.env.account } };
    this.handler.allow(
      ...access.writeObjects(BRONZE_PREFIX, REJECTED_PREFIX, FAILED_BATCHES_PREFIX)
        .map(writing => writing.actions.includes('s3:PutObject') ? { ...writing, conditions: ownBucket } : writing),
      ...access.readObjects(DEPLOYMENT_KEY),
      ...access.listBucket(),
    );
    allowHashing(this.handler, props.lake);
    acknowledgeWildcard(this.handler.role, '*', 'dynamodb:ListStreams, which reading a stream takes, cannot be allowed for one table alone.');
    // In the order of the spec, which is sorted: other languages hand maps over in any order.
    const onFailure = new FailedBatches(bucket);
    const reading = streamReading(props.ingestion);
    this.eventSources = mapValues(props.spec.tables, ({ bronzeName }, silverTable) =>
      this.readStream(bronzeName, props.sources[silverTable], { ...reading, onFailure }));
  }

  private readStream(bronzeName: string, source: ITable, reading: EventSourceMappingOptions): IEventSourceMapping {
    source.grantStreamRead(this.handler.role);
    return new EventSourceMapping(this, `${bronzeName}-stream`, {
      ...reading,
      target: this.handler.function,
      eventSourceArn: source.tableStreamArn,
    });
  }
}
