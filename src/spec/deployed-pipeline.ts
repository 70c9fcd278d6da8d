import type { Named } from './pipeline-spec';

/** The version of this format; a reader refuses a greater one. */
export const DEPLOYED_PIPELINE_VERSION = 1;

/**
 * Physical names of what a deploy made, by which the command line finds it. The construct keeps them in Systems Manager: one
 * parameter for the pipeline and one for each Silver table, since a parameter of the free tier holds 4 KB.
 */
export interface DeployedPipeline extends DeployedResources {
  /** By Silver table. */
  readonly tables: Named<DeployedTable>;
}

/** What the pipeline's own parameter holds. */
export interface DeployedResources {
  readonly formatVersion: typeof DEPLOYED_PIPELINE_VERSION;
  readonly name: string;
  /** Path of the construct in its app: `Shop/Analytics`. */
  readonly constructPath: string;
  readonly account: string;
  readonly region: string;
  readonly bucket: string;
  readonly workgroup: string;
  readonly databases: { readonly [layer in 'bronze' | 'silver' | 'gold' | 'bookkeeping']: string };
  /** Names of Lambda functions by stage: `bronze`, `silver`, `gold`, `schema`, … */
  readonly functions: Named<string>;
  /** ARNs of Step Functions state machines: `backfill`. */
  readonly stateMachines: Named<string>;
  /** Names of EventBridge schedules, in the default group, by the stage that they start. */
  readonly schedules: Named<string>;
}

/** What the parameter of a Silver table holds. */
export interface DeployedTable {
  readonly formatVersion: typeof DEPLOYED_PIPELINE_VERSION;
  readonly bronzeName: string;
  /** The DynamoDB table. */
  readonly source: { readonly tableName: string; readonly tableArn: string; readonly streamArn: string };
  /** UUID of the Lambda event source mapping that reads the stream. */
  readonly eventSourceMapping: string;
}

/** Below it lies a parameter for each pipeline of the account and region. */
export const DEPLOYED_PIPELINES_PATH = '/cdk-medallion-analytics';

/** The parameter that holds a pipeline's `DeployedResources`. */
export function deployedPipelineParameter(name: string): string {
  return `${DEPLOYED_PIPELINES_PATH}/${name}`;
}

/** The path below which lies a parameter for each Silver table, under its name. */
export function deployedTablesPath(name: string): string {
  return `${deployedPipelineParameter(name)}/tables`;
}
