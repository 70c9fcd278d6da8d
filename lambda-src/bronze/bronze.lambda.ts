import * as path from 'node:path';
import { Logger } from '@aws-lambda-powertools/logger';
import { S3Client } from '@aws-sdk/client-s3';
import { ENVIRONMENT, SPEC_FILE } from '../../src/spec/environment';
import { CLIENT_SETTINGS } from '../aws/client-settings';
import { loadSpec } from '../aws/load-spec';
import { requireEnvironment } from '../aws/require-environment';
import { S3ObjectStore } from '../aws/s3-object-store';
import { deployedHashKey } from '../aws/secret-hash-key';
import { deployedMetrics } from '../aws/stage-metrics';
import { SystemClock } from '../aws/system-clock';
import { Bronze } from './bronze';
import { bronzeMeasurements } from './bronze-measurements';
import type { StreamEvent } from './stream-event';

const logger = new Logger({ serviceName: 'bronze' });
const metrics = deployedMetrics();
const bronze = new Bronze({
  spec: loadSpec(path.join(__dirname, SPEC_FILE)),
  store: new S3ObjectStore(new S3Client(CLIENT_SETTINGS), requireEnvironment(ENVIRONMENT.bucket)),
  clock: new SystemClock(),
  hashKey: deployedHashKey(),
});

export async function handler(event: StreamEvent): Promise<void> {
  const report = await bronze.ingest(event);
  logger.info('ingested', { report });
  metrics.publish(bronzeMeasurements(report));
}
