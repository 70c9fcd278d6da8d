import type { ColumnSpec } from '../../src/spec/column-type';
import type { Named } from '../../src/spec/pipeline-spec';
import { DEPLOYMENT_KEY } from '../../src/spec/storage-layout';
import type { ObjectStore, StoredObject } from '../ports/object-store';
import { IncompatibleStateError, parseStored } from '../state/stored-format';

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

/** An entry never changes but to say more; a version that does not know what it says leaves it as it is. */
export interface Definition {
  readonly epoch: number;
  readonly hash: string;
  /** The change log that the table was read from. */
  readonly bronzeName?: string;
  readonly key?: Named<ColumnSpec>;
  /** Key columns of whose values only hashes are written; a version that did not note it says nothing. */
  readonly hashedKey?: readonly string[];
  /** Column to the class of its values in Bronze files, to which its name is bound for ever. */
  readonly columns?: Named<string>;
}

export const DEPLOYMENT_VERSION = 1;

export async function readDeployment(store: ObjectStore): Promise<Deployment | undefined> {
  return parseDeployment(await store.get(DEPLOYMENT_KEY));
}

export function parseDeployment(object: StoredObject | undefined): Deployment | undefined {
  if (!object) return undefined;
  return parseStored<Deployment>(DEPLOYMENT_KEY, object.body, DEPLOYMENT_VERSION);
}

/** As `readDeployment`, for stages that cannot do anything before the first deploy has finished. */
export async function requireDeployment(store: ObjectStore): Promise<Deployment> {
  const deployment = await readDeployment(store);
  if (!deployment) throw new IncompatibleStateError(`${DEPLOYMENT_KEY} is missing: the stack has not been deployed to its end, deploy it again`);
  return deployment;
}

/** The table that fills the change log, as the last deploy has it. */
export function sourceOf({ sources }: Deployment, bronzeName: string): string | undefined {
  return Object.keys(sources).find(arn => sources[arn] === bronzeName);
}

/** The epoch of the latest deploy of this definition, or undefined if the deploy of it has not recorded it. */
export function epochOf(deployment: Deployment, silverTable: string, hash: string): number | undefined {
  const definitions = deployment.definitions[silverTable] ?? [];
  return definitions.filter(definition => definition.hash === hash).at(-1)?.epoch;
}
