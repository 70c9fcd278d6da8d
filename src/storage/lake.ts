import type { RemovalPolicy } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { LakeAccess } from '../query/lake-access';
import { QueryWorkgroup } from '../query/query-workgroup';
import { ENVIRONMENT } from '../spec/environment';
import { Catalog } from './catalog';
import { LakeBucket } from './lake-bucket';

export interface LakeProps {
  readonly name: string;
  readonly removalPolicy: RemovalPolicy;
}

/** What all stages share: the bucket, the databases, the workgroup, and the rights to them. */
export class Lake extends Construct {
  public readonly name: string;
  public readonly bucket: Bucket;
  public readonly catalog: Catalog;
  public readonly workgroup: QueryWorkgroup;
  public readonly access: LakeAccess;

  public constructor(scope: Construct, id: string, props: LakeProps) {
    super(scope, id);
    this.name = props.name;
    this.bucket = new LakeBucket(this, 'Storage', { removalPolicy: props.removalPolicy }).bucket;
    this.catalog = new Catalog(this, 'Catalog', { name: props.name, removalPolicy: props.removalPolicy });
    this.workgroup = new QueryWorkgroup(this, 'Workgroup', { name: props.name, bucket: this.bucket });
    this.access = new LakeAccess(this.bucket, this.catalog, this.workgroup);
  }

  /** What a handler that runs SQL must know. */
  public get environment(): { readonly [name: string]: string } {
    return {
      [ENVIRONMENT.bucket]: this.bucket.bucketName,
      [ENVIRONMENT.pipeline]: this.name,
      [ENVIRONMENT.workgroup]: this.workgroup.name,
      [ENVIRONMENT.bronzeDatabase]: this.catalog.databaseName('bronze'),
      [ENVIRONMENT.silverDatabase]: this.catalog.databaseName('silver'),
      [ENVIRONMENT.goldDatabase]: this.catalog.databaseName('gold'),
      [ENVIRONMENT.bookkeepingDatabase]: this.catalog.databaseName('bookkeeping'),
    };
  }
}
