import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { HandlerFunction } from '../shipping/handler-function';
import { ENVIRONMENT } from '../spec/environment';
import { BRONZE_PREFIX, DEPLOYMENT_KEY, DONE_PREFIX, FAILED_BATCHES_PREFIX, REJECTED_PREFIX } from '../spec/storage-layout';
import type { Lake } from '../storage/lake';
import { allowHashing } from './hashing';

export interface RedriveStageProps {
  readonly lake: Lake;
  readonly specJson: string;
}

/** Puts failed batches and rejected records through Bronze again, when somebody asks for it. */
export class RedriveStage extends Construct {
  public readonly handler: HandlerFunction;

  public constructor(scope: Construct, id: string, props: RedriveStageProps) {
    super(scope, id);
    const { bucket, access } = props.lake;
    this.handler = new HandlerFunction(this, 'Handler', {
      handler: 'redrive',
      description: 'Puts failed batches and rejected records through Bronze again',
      specJson: props.specJson,
      environment: { ...props.lake.telemetry, [ENVIRONMENT.bucket]: bucket.bucketName },
      // It does Bronze's work, a batch at a time.
      memorySize: 1024,
      timeout: Duration.minutes(15),
    });
    // Whoever asks reads the report and asks again.
    this.handler.function.configureAsyncInvoke({ retryAttempts: 0 });
    this.handler.allow(
      ...access.readObjects(DEPLOYMENT_KEY, FAILED_BATCHES_PREFIX, REJECTED_PREFIX),
      ...access.writeObjects(BRONZE_PREFIX, REJECTED_PREFIX, DONE_PREFIX),
      ...access.deleteObjects(FAILED_BATCHES_PREFIX, REJECTED_PREFIX),
      ...access.listBucket(),
    );
    allowHashing(this.handler, props.lake);
  }
}
