import * as path from 'node:path';
import { Logger } from '@aws-lambda-powertools/logger';
import { S3Client } from '@aws-sdk/client-s3';
import type { Context } from 'aws-lambda';
import { ENVIRONMENT, SPEC_FILE } from '../../src/spec/environment';
import { retentionOf } from '../../src/spec/retention';
import { CLIENT_SETTINGS } from '../aws/client-settings';
import { loadSpec } from '../aws/load-spec';
import { requireEnvironment } from '../aws/require-environment';
import { S3ObjectStore } from '../aws/s3-object-store';
import { deployedHashKey } from '../aws/secret-hash-key';
import { deployedMetrics } from '../aws/stage-metrics';
import { SystemClock } from '../aws/system-clock';
import { Bronze } from '../bronze/bronze';
import { Redrive } from './redrive';
import { redriveMeasurements } from './redrive-measurements';
import type { RedriveReport } from './redrive-report';
import { parseRedriveRequest } from './redrive-request';

const logger = new Logger({ serviceName: 'redrive' });
const spec = loadSpec(path.join(__dirname, SPEC_FILE));
const store = new S3ObjectStore(new S3Client(CLIENT_SETTINGS), requireEnvironment(ENVIRONMENT.bucket));
const metrics = deployedMetrics();
const clock = new SystemClock();
const bronze = new Bronze({ spec, store, clock, hashKey: deployedHashKey() });

/** Invoked by hand; the report says whether there is more to do. */
export async function handler(payload: unknown, context: Context): Promise<RedriveReport> {
  const request = parseRedriveRequest(payload, spec);
  const timeLeft = () => context.getRemainingTimeInMillis();
  const { absentSeconds } = retentionOf(spec);
  const redrive = new Redrive({ spec, store, clock, bronze, timeLeft, absentSeconds });
  const report = await redrive.run(request);
  logger.info('redriven', { request, report });
  if (!request.dryRun) metrics.publish(redriveMeasurements(report));
  return report;
}
