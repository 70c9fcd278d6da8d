import { setTimeout } from 'node:timers/promises';
import { AthenaClient, paginateListQueryExecutions } from '@aws-sdk/client-athena';
import {
  DeleteItemCommand, DynamoDBClient, PutItemCommand, UpdateItemCommand, UpdateTimeToLiveCommand, type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import {
  GetEventSourceMappingCommand, GetFunctionConfigurationCommand, InvokeCommand, LambdaClient, UpdateEventSourceMappingCommand,
  UpdateFunctionConfigurationCommand, waitUntilFunctionUpdatedV2, type UpdateEventSourceMappingCommandInput,
} from '@aws-sdk/client-lambda';
import { GetBucketPolicyCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import { findDeployedPipeline } from '../../../lambda-src/aws/find-deployed-pipeline';
import type { StageAnswer } from '../../../lambda-src/aws/stage-outcome';
import { StepFunctionsBackfills } from '../../../lambda-src/aws/step-functions-backfills';
import type { AttributeMap } from '../../../lambda-src/bronze/attribute-value';
import type { Change, ChangeRound } from '../../../lambda-src/local/source/simulated-source';
import { untilEnded } from '../../../lambda-src/operations/run-backfill';
import type { DeployedPipeline } from '../../../src/spec/deployed-pipeline';
import { readLake, type Readable, type ReaderReport } from '../readers/read-lake';
import { isEmulated } from '../stack/connection';
import type { Variant } from './variants';

/** Milliseconds: a changed policy does not hold everywhere at once. */
const POLICIES_HOLD_AFTER = isEmulated() ? 0 : 60_000;

/** Milliseconds. A schedule or the end of a backfill starts stages too. */
const LONGEST_WORK_OF_OTHERS = 5 * 60_000;

type Stage = 'silver' | 'gold' | 'redrive' | 'maintenance';

/** The example app as it is deployed: its tables are written through DynamoDB's API, its functions invoked through Lambda's. */
export class DeployedShop {
  public static async find(): Promise<DeployedShop> {
    return new DeployedShop(await deployedNow());
  }

  /** Ids of events that were kept from Bronze on purpose: they are lost for good. */
  public untold: readonly string[] = [];
  private variant: Variant = 'first';
  private readonly dynamoDb = new DynamoDBClient({});
  private readonly s3 = new S3Client({ forcePathStyle: true });
  // An invocation answers when it has ended: nothing may ask twice.
  private readonly lambda = new LambdaClient({ maxAttempts: 1, requestHandler: { requestTimeout: 15 * 60 * 1000 } });
  private readonly items = new Map<string, AttributeMap>();

  private constructor(private pipeline: DeployedPipeline) {}

  public get deployed(): DeployedPipeline {
    return this.pipeline;
  }

  /** Another variant of the app has taken its place. */
  public async redeployed(variant: Variant): Promise<void> {
    this.pipeline = await deployedNow();
    this.variant = variant;
  }

  /** Plays a round of changes: new items are put, known ones updated attribute by attribute, others deleted. */
  public async play(round: ChangeRound): Promise<number> {
    let count = 0;
    for (const change of round.changes((table, key) => this.items.get(itemKey(table, key)))) {
      await this.apply(change);
      count++;
    }
    return count;
  }

  /** Gives an order a time to live that is over, and waits until DynamoDB has deleted it. */
  public async expireOneOrder(): Promise<void> {
    const [name, item] = [...this.items].find(([key]) => key.startsWith('orders_enriched/'))!;
    const table = this.tableName('orders_enriched');
    await this.dynamoDb.send(new UpdateTimeToLiveCommand({ TableName: table, TimeToLiveSpecification: { AttributeName: 'ExpiresAt', Enabled: true } }));
    await this.apply({ kind: 'put', table: 'orders_enriched', item: { ...item, ExpiresAt: { N: String(Math.floor(Date.now() / 1000) - 60) } } });
    this.items.delete(name);
    await setTimeout(2500);
  }

  /** Keeps Bronze from writing, and has its batches given up soon; what is returned lets it write again. */
  public async breakBronze(): Promise<() => Promise<void>> {
    const { bucket } = this.deployed;
    const { Policy: policy } = await this.s3.send(new GetBucketPolicyCommand({ Bucket: bucket }));
    const statements = (JSON.parse(policy!) as { readonly Statement: readonly object[] }).Statement;
    const deny = { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: ['bronze', 'rejected'].map(folder => `arn:aws:s3:::${bucket}/${folder}/*`) };
    const broken = JSON.stringify({ Version: '2012-10-17', Statement: [...statements, deny] });
    await this.setMappings({ MaximumRetryAttempts: 1 });
    await this.s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: broken }));
    await setTimeout(POLICIES_HOLD_AFTER);
    return async () => {
      await this.s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: policy }));
      await setTimeout(POLICIES_HOLD_AFTER);
    };
  }

  /** Has Bronze started as soon as something has changed: the example waits for up to a minute. */
  public hurry(): Promise<void> {
    return this.setMappings({ MaximumBatchingWindowInSeconds: 1 });
  }

  /** Has the streams' records pass by Bronze, as if they had waited too long; what is returned ends it. */
  public async deafen(): Promise<() => Promise<void>> {
    await this.setMappings({ FilterCriteria: { Filters: [{ Pattern: JSON.stringify({ eventName: ['NEVER'] }) }] } });
    return async () => {
      await setTimeout(isEmulated() ? 3000 : 60_000); // until they have passed
      await this.setMappings({ FilterCriteria: {} });
    };
  }

  /** A function is given another time to live; what is returned gives it the former one. */
  public async limit(stage: 'silver', seconds: number): Promise<() => Promise<void>> {
    const FunctionName = this.deployed.functions[stage];
    const { Timeout: former } = await this.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const set = async (Timeout: number): Promise<void> => {
      await this.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout }));
      await waitUntilFunctionUpdatedV2({ client: this.lambda, maxWaitTime: 120 }, { FunctionName });
    };
    await set(seconds);
    return () => set(former!);
  }

  /** Starts the state machine that loads exports, and waits for its end. Throws with what it says if it failed. */
  public async backfill(input: object): Promise<void> {
    const executions = new StepFunctionsBackfills(this.deployed.stateMachines.backfill);
    const execution = await executions.start(`test-${Date.now()}`, input);
    const clock = { sleep: (): Promise<void> => setTimeout(isEmulated() ? 500 : 15_000) };
    const end = await untilEnded(executions, execution, clock, () => undefined);
    if (end.state === 'failed') throw new Error(end.message);
  }

  /** Runs a stage to its end, after whoever else is at work. Throws with what the function answered if it failed. */
  public async run(stage: Stage): Promise<void> {
    for (const patience = Date.now() + LONGEST_WORK_OF_OTHERS; ; await setTimeout(1000)) {
      const { busy } = await this.start(stage);
      if (busy === undefined) return;
      if (Date.now() > patience) throw new Error(`${stage}: ${busy}`);
    }
  }

  /** Waits until every change of the streams is in Bronze, or set aside. */
  public untilStreamed(): Promise<ReaderReport> {
    return this.read('streamed');
  }

  /** What the independent reader sees. */
  public read(...what: readonly Readable[]): Promise<ReaderReport> {
    return readLake('shop', this.deployed, what, { variant: this.variant, untold: this.untold });
  }

  /** How many statements Athena was given so far. */
  public async queries(): Promise<number> {
    let count = 0;
    for await (const page of paginateListQueryExecutions({ client: new AthenaClient({}) }, { WorkGroup: this.deployed.workgroup })) {
      count += page.QueryExecutionIds?.length ?? 0;
    }
    return count;
  }

  public tableName(silverTable: string): string {
    return this.deployed.tables[silverTable].source.tableName;
  }

  private async start(stage: Stage): Promise<StageAnswer<unknown>> {
    const output = await this.lambda.send(new InvokeCommand({ FunctionName: this.deployed.functions[stage] }));
    const payload = new TextDecoder().decode(output.Payload);
    if (output.FunctionError !== undefined) throw new Error(`${stage}: ${payload}`);
    return JSON.parse(payload) as StageAnswer<unknown>;
  }

  private async setMappings(settings: Omit<UpdateEventSourceMappingCommandInput, 'UUID'>): Promise<void> {
    for (const { eventSourceMapping: UUID } of Object.values(this.deployed.tables)) {
      await this.lambda.send(new UpdateEventSourceMappingCommand({ UUID, ...settings }));
      while ((await this.lambda.send(new GetEventSourceMappingCommand({ UUID }))).State !== 'Enabled') await setTimeout(1000);
    }
  }

  private async apply(change: Change): Promise<void> {
    const TableName = this.tableName(change.table);
    if (change.kind !== 'put') {
      this.items.delete(itemKey(change.table, change.key));
      await this.dynamoDb.send(new DeleteItemCommand({ TableName, Key: sdk(change.key) }));
      return;
    }
    const key = keyOf(change.item);
    const former = this.items.get(itemKey(change.table, key));
    this.items.set(itemKey(change.table, key), change.item);
    if (!former) {
      await this.dynamoDb.send(new PutItemCommand({ TableName, Item: sdk(change.item) }));
      return;
    }
    const changed = Object.keys(change.item).filter(name => JSON.stringify(change.item[name]) !== JSON.stringify(former[name]));
    if (changed.length === 0) return;
    await this.dynamoDb.send(new UpdateItemCommand({
      TableName,
      Key: sdk(key),
      UpdateExpression: `SET ${changed.map((_, index) => `#n${index} = :v${index}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(changed.map((name, index) => [`#n${index}`, name])),
      ExpressionAttributeValues: sdk(Object.fromEntries(changed.map((name, index) => [`:v${index}`, change.item[name]]))),
    }));
  }
}

function deployedNow(): Promise<DeployedPipeline> {
  return findDeployedPipeline(new SSMClient({}), 'ecommerce');
}

function keyOf(item: AttributeMap): AttributeMap {
  const name = ['CustomerID', 'ProductID', 'OrderID', 'SupplierID'].find(candidate => Object.keys(item)[0] === candidate)!;
  return { [name]: item[name] };
}

function itemKey(table: string, key: AttributeMap): string {
  return `${table}/${JSON.stringify(Object.values(key)[0])}`;
}

/** The shop's items hold no bytes, in which the two forms differ. */
function sdk(item: AttributeMap): Record<string, AttributeValue> {
  return item as Record<string, AttributeValue>;
}
