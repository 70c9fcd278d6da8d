import { Logger } from '@aws-lambda-powertools/logger';
import { DATABASES_RESOURCE, TABLES_RESOURCE, type DatabasesProperties, type SchemaProperties } from '../../src/spec/schema-properties';
import { deployedLake } from '../aws/deployed-lake';
import { deployedMetrics } from '../aws/stage-metrics';
import { Databases } from './databases';
import { explainLakeFormation } from './lake-formation';
import { Schema } from './schema';
import { schemaMeasurements } from './schema-measurements';

/** What CDK's provider framework passes on from CloudFormation. */
export type SchemaEvent = DatabasesEvent | TablesEvent;

interface DatabasesEvent extends Request {
  readonly ResourceType: typeof DATABASES_RESOURCE;
  readonly ResourceProperties: DatabasesProperties;
}

interface TablesEvent extends Request {
  readonly ResourceType: typeof TABLES_RESOURCE;
  readonly ResourceProperties: SchemaProperties;
}

interface Request {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
}

export interface SchemaAnswer {
  /** The same for ever: CloudFormation deletes what it believes to be replaced. */
  readonly PhysicalResourceId: string;
}

const logger = new Logger({ serviceName: 'schema' });
const lake = deployedLake(__dirname);
const metrics = deployedMetrics();

/** An error fails the deploy with its message. */
export async function handler(event: SchemaEvent): Promise<SchemaAnswer> {
  try {
    const report = event.ResourceType === DATABASES_RESOURCE ? await databases(event) : await tables(event);
    logger.info('applied', { resource: event.ResourceType, report });
  } catch (thrown) {
    const error = explainLakeFormation(thrown, Object.values(lake.databases));
    logger.error('refused', { error: error as Error });
    throw error;
  }
  return { PhysicalResourceId: `${lake.pipeline}-${event.ResourceType === DATABASES_RESOURCE ? 'databases' : 'tables'}` };
}

async function databases({ RequestType: request, ResourceProperties: { pipeline, removal } }: DatabasesEvent): Promise<object> {
  const all = new Databases({ catalog: lake.catalog, store: lake.store, names: lake.databases });
  if (request !== 'Delete') return all.prepare();
  return { deleted: pipeline === lake.pipeline ? await all.release(removal) : [] };
}

async function tables({ RequestType: request, ResourceProperties: { sources } }: TablesEvent): Promise<object | undefined> {
  // Tables leave with their database, if the user has said so.
  if (request === 'Delete') return undefined;
  const report = await new Schema(lake).apply(Object.fromEntries(sources.map(({ tableArn, bronzeName }) => [tableArn, bronzeName])));
  metrics.publish(schemaMeasurements(report));
  return report;
}
