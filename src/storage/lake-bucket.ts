import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership, type BucketProps, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { RetentionSpec } from '../spec/retention';
import { lifecycleRules } from './lifecycle-rules';

const ACCESS_LOGS_PREFIX = 'access/';

export interface LakeBucketProps {
  readonly removalPolicy: RemovalPolicy;
  readonly retention: RetentionSpec;
  readonly encryptionKey?: IKey;
}

/**
 * The pipeline's bucket. It keeps old versions for a month, so that a mistaken delete can be undone; no Iceberg table has a
 * lifecycle rule, and change logs have one only if the user asks for it. Its access log lies in a bucket of its own: one that
 * logs into itself never comes to rest and cannot be emptied. Log delivery is free, and the log is kept for 90 days; S3 delivers
 * into no bucket with a key of one's own.
 */
export class LakeBucket extends Construct {
  public readonly bucket: Bucket;
  public readonly accessLogs: Bucket;

  public constructor(scope: Construct, id: string, props: LakeBucketProps) {
    super(scope, id);
    this.accessLogs = new Bucket(this, 'AccessLogs', {
      ...closed(props.removalPolicy),
      lifecycleRules: [{ id: 'access-log', expiration: Duration.days(90), abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    });
    this.bucket = new Bucket(this, 'Bucket', {
      ...closed(props.removalPolicy),
      // One data key serves many objects, or each read of a small file would be a paid request.
      ...props.encryptionKey && { encryption: BucketEncryption.KMS, encryptionKey: props.encryptionKey, bucketKeyEnabled: true },
      versioned: true,
      lifecycleRules: lifecycleRules(props.retention),
    });
    this.deliverAccessLogs();
    // A bucket that is kept stays as closed as it was.
    for (const bucket of [this.accessLogs, this.bucket]) bucket.policy?.applyRemovalPolicy(props.removalPolicy);
  }

  /** By bucket policy, whatever feature flags an app has set: Bucket's own way may fall back to ACLs. */
  private deliverAccessLogs(): void {
    const resource = this.bucket.node.defaultChild as CfnBucket;
    resource.loggingConfiguration = { destinationBucketName: this.accessLogs.bucketName, logFilePrefix: ACCESS_LOGS_PREFIX };
    this.accessLogs.addToResourcePolicy(new PolicyStatement({
      principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [this.accessLogs.arnForObjects(`${ACCESS_LOGS_PREFIX}*`)],
      conditions: {
        ArnLike: { 'aws:SourceArn': this.bucket.bucketArn },
        StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
      },
    }));
  }
}

function closed(removalPolicy: RemovalPolicy): BucketProps {
  return {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    removalPolicy,
    autoDeleteObjects: removalPolicy === RemovalPolicy.DESTROY,
  };
}
