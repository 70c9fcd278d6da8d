import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import type { Context } from 'aws-lambda';
import { ENVIRONMENT } from '../../src/spec/environment';
import { CLIENT_SETTINGS } from '../aws/client-settings';
import { deployedLake } from '../aws/deployed-lake';
import { DynamoDbItemReader } from '../aws/dynamodb-item-reader';
import { DynamoDbTableExports } from '../aws/dynamodb-table-exports';
import { requireEnvironment } from '../aws/require-environment';
import { S3ObjectStore } from '../aws/s3-object-store';
import { deployedHashKey } from '../aws/secret-hash-key';
import { deployedMetrics } from '../aws/stage-metrics';
import { startFunction } from '../aws/start-function';
import { Backfill, type BackfillStep } from './backfill';
import { assertAllDone, leaveUnfinished, type BackfillEnd } from './backfill-end';
import { backfillMeasurements } from './backfill-measurements';
import { planBackfills, type AlarmChange, type BackfillInput } from './backfill-plan';
import type { BackfillRequest } from './backfill-request';

/** What the state machine asks for. Executions that began before a deploy leave out what their version did not know. */
export type BackfillEvent =
  | { readonly action: 'plan'; readonly input: BackfillInput | AlarmChange; readonly name: string }
  | { readonly action: 'advance'; readonly request: BackfillRequest; readonly execution?: string }
  | { readonly action: 'conclude'; readonly backfills?: readonly BackfillRequest[]; readonly ends: readonly BackfillEnd[]; readonly execution?: string };

const logger = new Logger({ serviceName: 'backfill' });
const lake = deployedLake(__dirname);
const metrics = deployedMetrics();
const bucket = requireEnvironment(ENVIRONMENT.bucket);
const silverFunction = requireEnvironment(ENVIRONMENT.silverFunction);
const dynamoDb = new DynamoDBClient(CLIENT_SETTINGS);
const lambda = new LambdaClient(CLIENT_SETTINGS);

export type BackfillAnswer = { readonly backfills: readonly BackfillRequest[] } | BackfillStep | void;

export async function handler(event: BackfillEvent, context: Context): Promise<BackfillAnswer> {
  const timeLeft = () => context.getRemainingTimeInMillis();
  switch (event.action) {
    case 'plan': {
      const input: BackfillInput = 'kind' in event.input ? event.input : { kind: 'heal', alarm: event.input };
      const backfills = await planBackfills(input, event.name, lake);
      logger.info('planned', { backfills });
      return { backfills };
    }
    case 'advance': {
      const step = await backfill(timeLeft).advance(event.request, event.execution ?? event.request.id);
      logger.info(step.state === 'elsewhere' ? `left to ${step.execution}, which is at it` : 'advanced', { request: event.request, step });
      metrics.publish(backfillMeasurements(lake.spec.tables[event.request.table].bronzeName, step));
      return step;
    }
    case 'conclude': {
      const { backfills = [], ends, execution } = event;
      if (execution !== undefined) await leaveUnfinished(backfills, execution, lake.store);
      return assertAllDone(backfills, ends);
    }
  }
}

function backfill(timeLeft: () => number): Backfill {
  return new Backfill({
    ...lake,
    timeLeft,
    hashKey: deployedHashKey(),
    streams: new S3ObjectStore(new S3Client(CLIENT_SETTINGS), bucket),
    exports: new DynamoDbTableExports(dynamoDb, bucket),
    items: new DynamoDbItemReader(dynamoDb, lake.clock),
    startSilver: () => startFunction(lambda, silverFunction),
  });
}
