import type { SilverTableSpec } from '../../src/spec/pipeline-spec';
import type { ObjectStore } from '../ports/object-store';
import { epochOf, readDeployment, type Deployment } from '../schema/deployment';

/** The deploy of this very code has not recorded itself; the message says what that means for the batch. */
export class DeployNotFinishedError extends Error {
  public readonly name = 'DeployNotFinishedError';
}

/** What the last deploy says of sources and epochs: read once, and again when something is missing that a deploy may have added. */
export class DeployedTables {
  private deployment: Deployment | undefined;

  public constructor(private readonly store: ObjectStore) {}

  /** Bronze names by table ARN; an ARN that no deploy knows is missing from the answer. */
  public async bronzeNames(tableArns: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
    const known = await this.find(deployment => [...tableArns].every(arn => Object.hasOwn(deployment.sources, arn)));
    if (!known) throw new DeployNotFinishedError('no deploy has recorded itself yet; the batch is tried again until it has');
    return new Map([...tableArns].filter(arn => Object.hasOwn(known.sources, arn)).map(arn => [arn, known.sources[arn]]));
  }

  /** Throws DeployNotFinishedError. */
  public async epoch(silverTable: string, table: SilverTableSpec): Promise<number> {
    const known = await this.find(deployment => epochOf(deployment, silverTable, table.definitionHash) !== undefined);
    const epoch = known && epochOf(known, silverTable, table.definitionHash);
    if (epoch === undefined) {
      throw new DeployNotFinishedError(`the deploy of table ${silverTable} has not finished: its definition ${table.definitionHash} has no epoch `
        + 'yet; the batch is tried again until it has. If the deploy has ended, deploy the stack once more');
    }
    return epoch;
  }

  private async find(suffices: (deployment: Deployment) => boolean): Promise<Deployment | undefined> {
    if (!this.deployment || !suffices(this.deployment)) this.deployment = await readDeployment(this.store);
    return this.deployment;
  }
}
