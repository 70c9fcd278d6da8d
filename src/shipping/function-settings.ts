import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Architecture } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct, IConstruct } from 'constructs';
import type { PipelineFunctionOptions } from './pipeline-functions-options';

/** What a user has chosen for all functions of a pipeline, and for single ones. */
export interface FunctionSettings {
  readonly architecture: Architecture;
  readonly logRetention: RetentionDays;
  readonly encryptionKey?: IKey;
  readonly functions: { readonly [handler: string]: PipelineFunctionOptions | undefined };
}

const SETTINGS = new WeakMap<IConstruct, FunctionSettings>();

/** Makes the settings hold for every function that is made below the pipeline from now on. */
export function settleFunctions(pipeline: Construct, settings: FunctionSettings): void {
  SETTINGS.set(pipeline, settings);
  if (settings.encryptionKey) allowLogs(pipeline, settings.encryptionKey);
}

/** The settings of the pipeline around a construct. */
export function functionSettings(construct: IConstruct): FunctionSettings {
  const [settings] = construct.node.scopes.flatMap(scope => SETTINGS.get(scope) ?? []);
  if (!settings) throw new Error(`${construct.node.path} is in no pipeline`);
  return settings;
}

/** CloudWatch Logs asks for the key itself, and only for log groups of this account; the policy of an imported key is its owner's. */
function allowLogs(pipeline: Construct, key: IKey): void {
  const { region, account, partition, urlSuffix } = Stack.of(pipeline);
  key.addToResourcePolicy(new PolicyStatement({
    principals: [new ServicePrincipal(`logs.${region}.${urlSuffix}`)],
    actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    resources: ['*'],
    conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:log-group:*` } },
  }), true);
}
