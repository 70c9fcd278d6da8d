import { execFile } from 'node:child_process';
import * as path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { AthenaClient, paginateListQueryExecutions } from '@aws-sdk/client-athena';
import {
  DeleteItemCommand, DynamoDBClient, PutItemCommand, UpdateItemCommand, UpdateTimeToLiveCommand, type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient, UpdateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import { GetBucketPolicyCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import { findDeployedPipeline } from '../../../lambda-src/aws/find-deployed-pipeline';
import type { AttributeMap } from '../../../lambda-src/bronze/attribute-value';
import type { Change, ChangeRound } from '../../../lambda-src/local/source/simulated-source';
import type { DeployedPipeline } from '../../../src/spec/deployed-pipeline';
import { deployment } from '../stack/connection';

/** What the independent reader found. */
export interface ReaderReport {
  /** Values compared, by table. */
  readonly comparisons: { readonly [table: string]: number };
  readonly differences: readonly string[];
  readonly rows: { readonly [table: string]: number };
  readonly events?: { readonly [silverTable: string]: EventCount };
}

export interface EventCount {
  readonly sent: number;
  readonly inBronze: number;
  /** Ids of those that are nowhere. */
  readonly lost: readonly string[];
}

const PATIENCE = 300_000;

/** The example app as it is deployed: its tables are written through DynamoDB's API, its functions invoked through Lambda's. */
export class DeployedShop {
  public static async find(): Promise<DeployedShop> {
    return new DeployedShop(await findDeployedPipeline(new SSMClient({}), 'ecommerce'));
  }

  private readonly dynamoDb = new DynamoDBClient({});
  private readonly s3 = new S3Client({ forcePathStyle: true });
  // An invocation answers when it has ended: nothing may ask twice.
  private readonly lambda = new LambdaClient({ maxAttempts: 1, requestHandler: { requestTimeout: 15 * 60 * 1000 } });
  private readonly items = new Map<string, AttributeMap>();

  private constructor(public readonly deployed: DeployedPipeline) {}

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
    const { bucket, tables } = this.deployed;
    const { Policy: policy } = await this.s3.send(new GetBucketPolicyCommand({ Bucket: bucket }));
    const statements = (JSON.parse(policy!) as { readonly Statement: readonly object[] }).Statement;
    const deny = { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: `arn:aws:s3:::${bucket}/bronze/*` };
    const broken = JSON.stringify({ Version: '2012-10-17', Statement: [...statements, deny] });
    for (const { eventSourceMapping } of Object.values(tables)) {
      await this.lambda.send(new UpdateEventSourceMappingCommand({ UUID: eventSourceMapping, MaximumRetryAttempts: 1 }));
    }
    await this.s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: broken }));
    return async () => void await this.s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: policy }));
  }

  /** Runs a stage to its end. Throws with what the function answered if it failed. */
  public async run(stage: 'silver' | 'gold' | 'redrive'): Promise<void> {
    const output = await this.lambda.send(new InvokeCommand({ FunctionName: this.deployed.functions[stage] }));
    const payload = new TextDecoder().decode(output.Payload);
    if (output.FunctionError !== undefined) throw new Error(`${stage}: ${payload}`);
  }

  /** Waits until every change of the streams is in Bronze, or set aside. */
  public async untilStreamed(): Promise<ReaderReport> {
    for (const end = Date.now() + PATIENCE; ;) {
      const report = await this.read('events');
      const lost = Object.values(report.events!).flatMap(({ lost: missing }) => missing);
      if (lost.length === 0 || Date.now() > end) return report;
      await setTimeout(500);
    }
  }

  /** What the independent reader sees. */
  public async read(...what: readonly ('events' | 'tables')[]): Promise<ReaderReport> {
    const { bucket, databases, tables } = this.deployed;
    const where = {
      bucket,
      databases,
      sources: Object.fromEntries(Object.entries(tables).map(([name, { source }]) => [name, source.tableName])),
      bronze: Object.fromEntries(Object.entries(tables).map(([name, { bronzeName }]) => [name, bronzeName])),
    };
    const { stdout } = await promisify(execFile)(
      deployment().python, [path.join(__dirname, 'reader.py'), JSON.stringify(where), what.join(',')], { maxBuffer: 64 * 1024 * 1024 },
    );
    return JSON.parse(stdout) as ReaderReport;
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

function keyOf(item: AttributeMap): AttributeMap {
  const name = ['CustomerID', 'ProductID', 'OrderID'].find(candidate => Object.keys(item)[0] === candidate)!;
  return { [name]: item[name] };
}

function itemKey(table: string, key: AttributeMap): string {
  return `${table}/${JSON.stringify(Object.values(key)[0])}`;
}

/** The shop's items hold no bytes, in which the two forms differ. */
function sdk(item: AttributeMap): Record<string, AttributeValue> {
  return item as Record<string, AttributeValue>;
}
