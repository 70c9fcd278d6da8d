import { GetParameterCommand, paginateGetParametersByPath, ParameterNotFound, type Parameter, type SSMClient } from '@aws-sdk/client-ssm';
import {
  DEPLOYED_PIPELINE_VERSION, DEPLOYED_PIPELINES_PATH, deployedPipelineParameter, deployedTablesPath, type DeployedPipeline,
  type DeployedResources, type DeployedTable,
} from '../../src/spec/deployed-pipeline';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { SPEC_KEY } from '../../src/spec/storage-layout';
import type { ObjectStore } from '../ports/object-store';
import { parseSpec } from '../state/parse-spec';

/** There is no such pipeline here, or none that this code can read; the message says what to do. */
export class DeployedPipelineError extends Error {
  public readonly name = 'DeployedPipelineError';
}

/** Finds a pipeline of the client's account and region by its name. Throws DeployedPipelineError. */
export async function findDeployedPipeline(client: SSMClient, name: string): Promise<DeployedPipeline> {
  const resources = await parameterOf(client, name);
  const tables = await parametersBelow(client, deployedTablesPath(name));
  return {
    ...parsed<DeployedResources>(resources),
    tables: Object.fromEntries(tables.map(parameter => [lastPart(parameter), parsed<DeployedTable>(parameter)])),
  };
}

/** Names of the pipelines in the client's account and region. */
export async function deployedPipelineNames(client: SSMClient): Promise<string[]> {
  return (await parametersBelow(client, DEPLOYED_PIPELINES_PATH)).map(lastPart).sort();
}

/** The spec of a pipeline's last deploy, from its bucket. Throws DeployedPipelineError or SpecVersionError. */
export async function deployedSpec(store: ObjectStore): Promise<PipelineSpec> {
  const object = await store.get(SPEC_KEY);
  if (!object) throw new DeployedPipelineError(`${store.uri(SPEC_KEY)} is missing: no deploy has got to its end, deploy the stack again`);
  return parseSpec(new TextDecoder().decode(object.body), store.uri(SPEC_KEY));
}

async function parameterOf(client: SSMClient, name: string): Promise<Parameter> {
  try {
    const { Parameter: parameter } = await client.send(new GetParameterCommand({ Name: deployedPipelineParameter(name) }));
    return parameter!;
  } catch (error) {
    if (!(error instanceof ParameterNotFound)) throw error;
    const known = await deployedPipelineNames(client);
    const region = await client.config.region();
    throw new DeployedPipelineError(known.length === 0
      ? `no pipeline is deployed in ${region} with these credentials: check region and profile, or deploy one`
      : `no pipeline "${name}" is deployed in ${region} with these credentials; there is: ${known.join(', ')}`);
  }
}

async function parametersBelow(client: SSMClient, path: string): Promise<Parameter[]> {
  const found: Parameter[] = [];
  for await (const page of paginateGetParametersByPath({ client }, { Path: path })) found.push(...page.Parameters ?? []);
  return found;
}

function lastPart(parameter: Parameter): string {
  return parameter.Name!.slice(parameter.Name!.lastIndexOf('/') + 1);
}

function parsed<T extends { readonly formatVersion: number }>(parameter: Parameter): T {
  const value = JSON.parse(parameter.Value!) as T;
  if (value.formatVersion > DEPLOYED_PIPELINE_VERSION) {
    throw new DeployedPipelineError(`the parameter ${parameter.Name} has format ${value.formatVersion}, this code knows up to `
      + `${DEPLOYED_PIPELINE_VERSION}: use the version of cdk-medallion-analytics that deployed the pipeline, or a newer one`);
  }
  return value;
}
