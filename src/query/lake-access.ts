import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { RESULTS_PREFIX, type Layer } from '../spec/storage-layout';
import type { Catalog } from '../storage/catalog';
import type { Access } from './access';
import type { QueryWorkgroup } from './query-workgroup';

const KEYS = 'Object keys below this prefix are only known at run time; the bucket belongs to this pipeline alone.';
const TABLES = 'The database belongs to this pipeline alone; its tables come and go with the declared ones.';

const READ_CATALOG = ['glue:GetDatabase', 'glue:GetTable', 'glue:GetTables', 'glue:GetPartition', 'glue:GetPartitions'];
const WRITE_OBJECTS = ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'];

/** What it takes, in IAM's words, to work with a pipeline's lake. Every resource is the pipeline's own. */
export class LakeAccess {
  public constructor(
    private readonly bucket: IBucket,
    private readonly catalog: Catalog,
    private readonly workgroup: QueryWorkgroup,
    /** With which the bucket's objects are encrypted, if it is not S3's own. */
    private readonly dataKey?: IKey,
  ) {}

  /** To run SQL in the workgroup; which tables it may touch is said by the other methods. */
  public runQueries(): Access[] {
    return [
      { actions: ['athena:StartQueryExecution', 'athena:GetQueryExecution', 'athena:GetQueryResults'], resources: [this.workgroup.arn] },
      ...this.listBucket(),
      ...this.readObjects(RESULTS_PREFIX),
      ...this.writeObjects(RESULTS_PREFIX),
      { actions: ['glue:GetDatabase'], resources: this.catalog.defaultDatabaseArns() },
    ];
  }

  /** What a person at the Athena console or a Grafana server needs beyond `runQueries`. */
  public useWorkgroup(): Access[] {
    return [{
      actions: [
        'athena:GetWorkGroup', 'athena:StopQueryExecution', 'athena:ListQueryExecutions', 'athena:BatchGetQueryExecution',
        'athena:GetQueryResultsStream',
      ],
      resources: [this.workgroup.arn],
    }];
  }

  /** To look up and read the tables of some layers. */
  public readTables(...layers: readonly Layer[]): Access[] {
    return [
      { actions: READ_CATALOG, resources: this.catalog.tableArns(layers), wildcardReason: TABLES },
      ...this.readObjects(...layers.map(layer => `${layer}/`)),
    ];
  }

  /** To look up the tables of some layers, without their rows. */
  public describeTables(...layers: readonly Layer[]): Access[] {
    return [{ actions: READ_CATALOG, resources: this.catalog.tableArns(layers), wildcardReason: TABLES }];
  }

  /** To commit to the Iceberg tables of some layers: a commit also removes what it could not finish. */
  public writeTables(...layers: readonly Layer[]): Access[] {
    const prefixes = layers.map(layer => `${layer}/`);
    return [
      ...this.readTables(...layers),
      { actions: ['glue:UpdateTable'], resources: this.catalog.tableArns(layers), wildcardReason: TABLES },
      ...this.writeObjects(...prefixes),
      ...this.deleteObjects(...prefixes),
    ];
  }

  /** To create Iceberg tables and views in some layers. */
  public createTables(...layers: readonly Layer[]): Access[] {
    return [
      ...this.writeTables(...layers),
      { actions: ['glue:CreateTable'], resources: this.catalog.tableArns(layers), wildcardReason: TABLES },
    ];
  }

  /** To remove former entries of tables from the catalog. */
  public pruneTableVersions(...layers: readonly Layer[]): Access[] {
    return [{
      actions: ['glue:GetTableVersions', 'glue:BatchDeleteTableVersion'],
      resources: this.catalog.tableVersionArns(layers),
      wildcardReason: TABLES,
    }];
  }

  /** To make the databases, to take over those of an earlier deploy, and to remove what was made for nothing. */
  public manageDatabases(): Access[] {
    return [{
      actions: ['glue:CreateDatabase', 'glue:UpdateDatabase', 'glue:DeleteDatabase', 'glue:BatchDeleteTable', 'glue:DeleteTable'],
      resources: this.catalog.databaseArns(),
      wildcardReason: TABLES,
    }];
  }

  public readObjects(...prefixesOrKeys: readonly string[]): Access[] {
    return [{ actions: ['s3:GetObject'], resources: this.objectArns(prefixesOrKeys), wildcardReason: KEYS }, ...this.useKey('kms:Decrypt')];
  }

  public writeObjects(...prefixesOrKeys: readonly string[]): Access[] {
    return [
      { actions: WRITE_OBJECTS, resources: this.objectArns(prefixesOrKeys), wildcardReason: KEYS },
      // An upload in parts reads its data key back.
      ...this.useKey('kms:GenerateDataKey', 'kms:Decrypt'),
    ];
  }

  public deleteObjects(...prefixesOrKeys: readonly string[]): Access[] {
    return [{ actions: ['s3:DeleteObject'], resources: this.objectArns(prefixesOrKeys), wildcardReason: KEYS }];
  }

  /** To list keys; without it S3 answers "access denied" where an object is missing. */
  public listBucket(): Access[] {
    return [{ actions: ['s3:ListBucket', 's3:GetBucketLocation'], resources: [this.bucket.bucketArn] }];
  }

  private useKey(...actions: readonly string[]): Access[] {
    return this.dataKey ? [{ actions, resources: [this.dataKey.keyArn] }] : [];
  }

  private objectArns(prefixesOrKeys: readonly string[]): string[] {
    return prefixesOrKeys.map(key => this.bucket.arnForObjects(key.endsWith('/') ? `${key}*` : key));
  }
}
