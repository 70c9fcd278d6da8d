import type { DlqDestinationConfig, IEventSourceDlq, IEventSourceMapping, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';

/**
 * Failed batches with their records, in the pipeline's bucket. Unlike the CDK's S3OnFailureDestination it gives the
 * function no rights to the rest of the bucket; the stage grants what is needed.
 */
export class FailedBatches implements IEventSourceDlq {
  public constructor(private readonly bucket: IBucket) {}

  public bind(_target: IEventSourceMapping, _targetHandler: IFunction): DlqDestinationConfig {
    return { destination: this.bucket.bucketArn };
  }
}
