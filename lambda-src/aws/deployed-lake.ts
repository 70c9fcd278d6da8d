import * as path from 'node:path';
import { GlueClient } from '@aws-sdk/client-glue';
import { S3Client } from '@aws-sdk/client-s3';
import { ENVIRONMENT, SPEC_FILE } from '../../src/spec/environment';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { tablePrefix } from '../../src/spec/storage-layout';
import type { Clock } from '../ports/clock';
import type { DatabaseCatalog } from '../ports/database-catalog';
import type { ObjectStore } from '../ports/object-store';
import type { QueryEngine } from '../ports/query-engine';
import type { AthenaNames } from '../sql/athena';
import { AthenaQueryEngine } from './athena-query-engine';
import { CLIENT_SETTINGS } from './client-settings';
import { GlueDatabases } from './glue-databases';
import { loadSpec } from './load-spec';
import { requireEnvironment } from './require-environment';
import { S3ObjectStore } from './s3-object-store';
import { SystemClock } from './system-clock';

/** What a stage that runs SQL is given on AWS. */
export interface DeployedLake {
  readonly spec: PipelineSpec;
  readonly store: ObjectStore;
  readonly engine: QueryEngine;
  readonly catalog: DatabaseCatalog;
  readonly databases: AthenaNames['databases'];
  readonly clock: Clock;
  readonly pipeline: string;
}

/**
 * Connects a handler to its deployment. Throws MissingEnvironmentError or SpecVersionError.
 *
 * @param folder the handler's own, in which the spec lies
 */
export function deployedLake(folder: string): DeployedLake {
  const bucket = requireEnvironment(ENVIRONMENT.bucket);
  const store = new S3ObjectStore(new S3Client(CLIENT_SETTINGS), bucket);
  const clock = new SystemClock();
  const glue = new GlueClient(CLIENT_SETTINGS);
  const names = deployedNames(store);
  return {
    spec: loadSpec(path.join(folder, SPEC_FILE)),
    store,
    clock,
    catalog: new GlueDatabases(glue),
    databases: names.databases,
    pipeline: requireEnvironment(ENVIRONMENT.pipeline),
    engine: new AthenaQueryEngine({
      athena: CLIENT_SETTINGS,
      glue,
      store,
      clock,
      names,
      workgroup: requireEnvironment(ENVIRONMENT.workgroup),
    }),
  };
}

export function deployedDatabases(): AthenaNames['databases'] {
  return {
    bronze: requireEnvironment(ENVIRONMENT.bronzeDatabase),
    silver: requireEnvironment(ENVIRONMENT.silverDatabase),
    gold: requireEnvironment(ENVIRONMENT.goldDatabase),
    bookkeeping: requireEnvironment(ENVIRONMENT.bookkeepingDatabase),
  };
}

function deployedNames(store: ObjectStore): AthenaNames {
  return {
    databases: deployedDatabases(),
    location: ({ layer, name }) => {
      if (layer === 'bronze') throw new TypeError(`${name}: Bronze tables are made by CloudFormation`);
      return store.uri(tablePrefix(layer, name));
    },
  };
}
