import { Duration } from 'aws-cdk-lib';
import { Policy } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { allowHashing } from '../bronze/hashing';
import { HandlerFunction } from '../shipping/handler-function';
import { invokeAccess } from '../shipping/invoke-access';
import { allowRecursion } from '../shipping/recursion';
import { BRONZE_PREFIX, DEPLOYMENT_KEY, REBUILDS_PREFIX, RUNS_PREFIX } from '../spec/storage-layout';
import type { Lake } from '../storage/lake';

export interface RebuildStageProps {
  readonly lake: Lake;
  readonly specJson: string;
}

/** Encodes the change log again when a definition has changed, and changes that rules held back when they are replayed. */
export class RebuildStage extends Construct {
  public readonly handler: HandlerFunction;

  public constructor(scope: Construct, id: string, props: RebuildStageProps) {
    super(scope, id);
    const { access } = props.lake;
    this.handler = new HandlerFunction(this, 'Handler', {
      handler: 'rebuild',
      description: 'Encodes change logs again under changed definitions',
      specJson: props.specJson,
      environment: props.lake.environment,
      // Bound by CPU, and it holds some hundred files at a time, unpacked.
      memorySize: 2048,
      timeout: Duration.minutes(15),
    });
    // Silver starts it again as long as there is something to do.
    this.handler.function.configureAsyncInvoke({ retryAttempts: 0 });
    this.handler.allow(
      ...access.runQueries(),
      ...access.readTables('bookkeeping'),
      ...access.readObjects(BRONZE_PREFIX, DEPLOYMENT_KEY, REBUILDS_PREFIX, RUNS_PREFIX),
      ...access.writeObjects(BRONZE_PREFIX, REBUILDS_PREFIX),
    );
    allowHashing(this.handler, props.lake);
    // A policy of its own: in the role's default policy the function would have to exist before itself.
    new Policy(this, 'GoOn', { roles: [this.handler.role], statements: [invokeAccess(this.handler.function)] });
    // It goes on only after it has got further, and a long log takes more starts in a row than Lambda lets happen.
    allowRecursion(this.handler.function);
  }
}
