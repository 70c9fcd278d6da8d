import type { RemovalPolicy } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { LakeAccess } from '../query/lake-access';
import { QueryWorkgroup } from '../query/query-workgroup';
import { ENVIRONMENT, type MetricDetailMode } from '../spec/environment';
import { Catalog } from './catalog';
import { LakeBucket } from './lake-bucket';

export interface LakeProps {
  readonly name: string;
  readonly removalPolicy: RemovalPolicy;
  readonly metricDetail: MetricDetailMode;
}

/** What all stages share: the bucket, the databases, the workgroup, and the rights to them. */
export class Lake extends Construct {
  public readonly name: string;
  public readonly bucket: Bucket;
  public readonly catalog: Catalog;
  public readonly workgroup: QueryWorkgroup;
  public readonly access: LakeAccess;

  public constructor(scope: Construct, id: string, private readonly props: LakeProps) {
    super(scope, id);
    this.name = props.name;
    this.bucket = new LakeBucket(this, 'Storage', { removalPolicy: props.removalPolicy }).bucket;
    this.catalog = new Catalog(this, 'Catalog', { name: props.name, removalPolicy: props.removalPolicy });
    this.workgroup = new QueryWorkgroup(this, 'Workgroup', { name: props.name, bucket: this.bucket });
    this.access = new LakeAccess(this.bucket, this.catalog, this.workgroup);
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
