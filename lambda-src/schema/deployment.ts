import { DEPLOYMENT_KEY } from '../../src/spec/storage-layout';
import type { ObjectStore, StoredObject } from '../ports/object-store';

/** What the last deploy recorded. The Schema stage writes it, the others read it. */
export interface Deployment {
  readonly formatVersion: typeof DEPLOYMENT_VERSION;
  /** ARN of a source table to the name of its Bronze change log. */
  readonly sources: { readonly [tableArn: string]: string };
  /** Silver table to its definitions, oldest first; a definition's epoch only ever grows. */
  readonly definitions: { readonly [silverTable: string]: readonly Definition[] };
  /** As every table has it by now; unknown after a deploy of a version that set none. */
  readonly snapshotRetentionSeconds?: number;
}

export interface Definition {
  readonly epoch: number;
  readonly hash: string;
}

export const DEPLOYMENT_VERSION = 1;

/** State in the bucket cannot be used as it is; the message says what to do. */
export class IncompatibleStateError extends Error {
  public readonly name = 'IncompatibleStateError';
}

export async function readDeployment(store: ObjectStore): Promise<Deployment | undefined> {
  return parseDeployment(await store.get(DEPLOYMENT_KEY));
}

export function parseDeployment(object: StoredObject | undefined): Deployment | undefined {
  if (!object) return undefined;
  const deployment = JSON.parse(new TextDecoder().decode(object.body)) as Deployment;
  if (deployment.formatVersion > DEPLOYMENT_VERSION) {
    throw new IncompatibleStateError(`${DEPLOYMENT_KEY} has format ${deployment.formatVersion}, this code knows up to ${DEPLOYMENT_VERSION}: `
      + 'deploy the newer version of cdk-medallion-analytics again');
  }
  return deployment;
}

/** As `readDeployment`, for stages that cannot do anything before the first deploy has finished. */
export async function requireDeployment(store: ObjectStore): Promise<Deployment> {
  const deployment = await readDeployment(store);
  if (!deployment) throw new IncompatibleStateError(`${DEPLOYMENT_KEY} is missing: the stack has not been deployed to its end, deploy it again`);
  return deployment;
}

/** The epoch of the latest deploy of this definition, or undefined if the deploy of it has not recorded it. */
export function epochOf(deployment: Deployment, silverTable: string, hash: string): number | undefined {
  const definitions = deployment.definitions[silverTable] ?? [];
  return definitions.filter(definition => definition.hash === hash).at(-1)?.epoch;
}
