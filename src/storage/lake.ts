import type { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { aws_athena as athena } from 'aws-cdk-lib/interfaces';
import { Construct } from 'constructs';
import { LakeAccess } from '../query/lake-access';
import { QueryWorkgroup } from '../query/query-workgroup';
import { DeadLetters } from '../shipping/dead-letters';
import { ENVIRONMENT, type MetricDetailMode } from '../spec/environment';
import type { RetentionSpec } from '../spec/retention';
import { Catalog } from './catalog';
import { LakeBucket } from './lake-bucket';
import type { PipelineIdentity } from './pipeline-identity';

export interface LakeProps {
  readonly identity: PipelineIdentity;
  readonly removalPolicy: RemovalPolicy;
  readonly metricDetail: MetricDetailMode;
  readonly retention: RetentionSpec;
  /** In place of a bucket of the pipeline's own. */
  readonly bucket?: IBucket;
  readonly workgroup?: athena.IWorkGroupRef;
  /** Encrypts all that the pipeline keeps; without one AWS's own keys do. */
  readonly encryptionKey?: IKey;
  /** By which private values are hashed; none where none are. */
  readonly hashKey?: ISecret;
}

/** What all stages share: the bucket, the names of the databases, the workgroup, and the rights to them. */
export class Lake extends Construct {
  public readonly name: string;
  public readonly identity: PipelineIdentity;
  public readonly removalPolicy: RemovalPolicy;
  public readonly bucket: IBucket;
  /** The log of all access to the bucket, if it is the pipeline's own. */
  public readonly accessLogs?: IBucket;
  public readonly encryptionKey?: IKey;
  public readonly hashKey?: ISecret;
  public readonly catalog: Catalog;
  public readonly workgroup: QueryWorkgroup;
  public readonly access: LakeAccess;
  /** Where starts of stages end up that a schedule could not deliver. */
  public readonly deadLetters: DeadLetters;

  public constructor(scope: Construct, id: string, private readonly props: LakeProps) {
    super(scope, id);
    this.identity = props.identity;
    this.removalPolicy = props.removalPolicy;
    this.name = props.identity.name;
    this.encryptionKey = props.encryptionKey;
    this.hashKey = props.hashKey;
    const own = props.bucket ? undefined : new LakeBucket(this, 'Storage', props);
    this.bucket = props.bucket ?? own!.bucket;
    this.accessLogs = own?.accessLogs;
    this.catalog = new Catalog(this, this.name);
    // A bucket that is given by its name tells of no key: it is one that an earlier deploy has made with the pipeline's.
    const dataKey = this.bucket.encryptionKey ?? props.encryptionKey;
    this.workgroup = new QueryWorkgroup(this, 'Workgroup', { name: this.name, bucket: this.bucket, dataKey, given: props.workgroup });
    this.deadLetters = new DeadLetters(this, 'DeadLetters', props.encryptionKey);
    this.access = new LakeAccess(this.bucket, this.catalog, this.workgroup, dataKey);
    this.identity.pin(this);
  }

  /** What every handler must know to send metrics. */
  public get telemetry(): { readonly [name: string]: string } {
    return { [ENVIRONMENT.pipeline]: this.name, [ENVIRONMENT.metricDetail]: this.props.metricDetail };
  }

  /** What a handler that runs SQL must know. */
  public get environment(): { readonly [name: string]: string } {
    return {
      ...this.telemetry,
      [ENVIRONMENT.bucket]: this.bucket.bucketName,
      [ENVIRONMENT.workgroup]: this.workgroup.name,
      [ENVIRONMENT.bronzeDatabase]: this.catalog.databaseName('bronze'),
      [ENVIRONMENT.silverDatabase]: this.catalog.databaseName('silver'),
      [ENVIRONMENT.goldDatabase]: this.catalog.databaseName('gold'),
      [ENVIRONMENT.bookkeepingDatabase]: this.catalog.databaseName('bookkeeping'),
    };
  }
}
