import { Stack } from 'aws-cdk-lib';
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { aws_athena as athena } from 'aws-cdk-lib/interfaces';
import { Construct } from 'constructs';
import { RESULTS_PREFIX } from '../spec/storage-layout';

export interface QueryWorkgroupProps {
  readonly name: string;
  readonly bucket: IBucket;
  /** Encrypts results; without one S3 does with its own. */
  readonly dataKey?: IKey;
  /** In place of one of the pipeline's own. */
  readonly given?: athena.IWorkGroupRef;
}

/** The Athena workgroup in which everything of a pipeline runs: its statements can be found and counted there. */
export class QueryWorkgroup extends Construct {
  public readonly resource: athena.IWorkGroupRef;
  public readonly name: string;

  public constructor(scope: Construct, id: string, props: QueryWorkgroupProps) {
    super(scope, id);
    this.name = props.given?.workGroupRef.workGroupName ?? props.name;
    this.resource = props.given ?? this.workgroup(props);
  }

  public get arn(): string {
    return Stack.of(this).formatArn({ service: 'athena', resource: 'workgroup', resourceName: this.name });
  }

  private workgroup(props: QueryWorkgroupProps): CfnWorkGroup {
    return new CfnWorkGroup(this, 'Resource', {
      name: props.name,
      description: `Statements of the analytics pipeline ${props.name}`,
      // It holds nothing but the history of its queries.
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        publishCloudWatchMetricsEnabled: true,
        resultConfiguration: {
          outputLocation: props.bucket.s3UrlForObject(RESULTS_PREFIX),
          encryptionConfiguration: props.dataKey ? { encryptionOption: 'SSE_KMS', kmsKey: props.dataKey.keyArn } : { encryptionOption: 'SSE_S3' },
        },
      },
    });
  }
}
