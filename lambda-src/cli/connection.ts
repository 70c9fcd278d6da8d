import { GlueClient } from '@aws-sdk/client-glue';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import { Command } from 'commander';
import type { DeployedPipeline } from '../../src/spec/deployed-pipeline';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { tablePrefix } from '../../src/spec/storage-layout';
import { AthenaQueryEngine } from '../aws/athena-query-engine';
import { CLIENT_SETTINGS } from '../aws/client-settings';
import { DeployedPipelineError, deployedPipelineNames, deployedSpec, findDeployedPipeline } from '../aws/find-deployed-pipeline';
import { assertProfile } from '../aws/profiles';
import { S3ObjectStore } from '../aws/s3-object-store';
import { SystemClock } from '../aws/system-clock';
import type { Clock } from '../ports/clock';
import type { ObjectStore } from '../ports/object-store';
import type { QueryEngine } from '../ports/query-engine';

/** What every command that works on a deployed pipeline is told. */
export interface ConnectionOptions {
  readonly pipeline?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly json?: true;
}

/** A deployed pipeline, reached with the user's own credentials. */
export interface Connection {
  readonly deployed: DeployedPipeline;
  readonly spec: PipelineSpec;
  readonly store: ObjectStore;
  readonly engine: QueryEngine;
  readonly clock: Clock;
  readonly lambda: LambdaClient;
}

/** A command with the options that say which deployed pipeline it works on. */
export function deployedCommand(nameAndArguments: string): Command {
  return new Command(nameAndArguments)
    .option('--pipeline <name>', 'name of the deployed pipeline; not needed where the account and region have one only')
    .option('--region <region>', 'AWS region (default: as the AWS command line finds it)')
    .option('--profile <profile>', 'profile of ~/.aws/config (default: as the AWS command line finds it)')
    .option('--json', 'print JSON for programs');
}

/** Throws DeployedPipelineError, and what the AWS SDK throws. */
export async function connect({ pipeline, ...credentials }: ConnectionOptions): Promise<Connection> {
  applyCredentials(credentials);
  const systems = new SSMClient(CLIENT_SETTINGS);
  const deployed = await findDeployedPipeline(systems, pipeline ?? await onlyName(systems));
  const store = new S3ObjectStore(new S3Client(CLIENT_SETTINGS), deployed.bucket);
  const clock = new SystemClock();
  return {
    deployed,
    spec: await deployedSpec(store),
    store,
    clock,
    lambda: new LambdaClient(CLIENT_SETTINGS),
    engine: new AthenaQueryEngine({
      athena: CLIENT_SETTINGS,
      glue: new GlueClient(CLIENT_SETTINGS),
      store,
      clock,
      names: {
        databases: deployed.databases,
        location: ({ layer, name }) => store.uri(layer === 'bronze' ? name : tablePrefix(layer, name)),
      },
      workgroup: deployed.workgroup,
    }),
  };
}

/** The function of a stage. Throws DeployedPipelineError if the deployed version has none. */
export function deployedFunction({ name, functions }: Pick<DeployedPipeline, 'name' | 'functions'>, stage: string): string {
  if (Object.hasOwn(functions, stage)) return functions[stage];
  throw new DeployedPipelineError(`${name} was deployed by a version without a function for ${stage}: deploy the stack again with the present one`);
}

/** Every client made from then on reads them, and so does whatever finds credentials. Throws UnknownProfileError. */
export function applyCredentials({ region, profile }: Pick<ConnectionOptions, 'region' | 'profile'>): void {
  if (region !== undefined) process.env.AWS_REGION = region;
  if (profile === undefined) return;
  assertProfile(profile, process.env);
  process.env.AWS_PROFILE = profile;
}

async function onlyName(client: SSMClient): Promise<string> {
  const names = await deployedPipelineNames(client);
  if (names.length === 1) return names[0];
  const region = await client.config.region();
  throw new DeployedPipelineError(names.length === 0
    ? `no pipeline is deployed in ${region} with these credentials: check --region and --profile, or deploy one`
    : `${names.length} pipelines are deployed in ${region}; choose one with --pipeline: ${names.join(', ')}`);
}
