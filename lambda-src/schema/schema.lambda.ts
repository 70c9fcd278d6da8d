import { Logger } from '@aws-lambda-powertools/logger';
import type { SchemaProperties } from '../../src/spec/schema-properties';
import { deployedLake } from '../aws/deployed-lake';
import { deployedMetrics } from '../aws/stage-metrics';
import { Schema } from './schema';
import { schemaMeasurements } from './schema-measurements';

/** What CDK's provider framework passes on from CloudFormation. */
export interface SchemaEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResourceProperties: SchemaProperties;
}

const logger = new Logger({ serviceName: 'schema' });
const lake = deployedLake(__dirname);
const metrics = deployedMetrics();

/** An error fails the deploy with its message. */
export async function handler(event: SchemaEvent): Promise<{ readonly PhysicalResourceId: string }> {
  // The same for ever: CloudFormation deletes what it believes to be replaced.
  const answer = { PhysicalResourceId: `${lake.pipeline}-tables` };
  // Tables leave with their database, if the user has said so.
  if (event.RequestType === 'Delete') return answer;
  const sources = Object.fromEntries(event.ResourceProperties.sources.map(({ tableArn, bronzeName }) => [tableArn, bronzeName]));
  try {
    const report = await new Schema(lake).apply(sources);
    logger.info('applied', { report });
    metrics.publish(schemaMeasurements(report));
    return answer;
  } catch (error) {
    logger.error('refused', { error: error as Error });
    throw error;
  }
}
