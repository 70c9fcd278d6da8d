import { Logger } from '@aws-lambda-powertools/logger';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Context } from 'aws-lambda';
import { ENVIRONMENT } from '../../src/spec/environment';
import { deployedLake } from '../aws/deployed-lake';
import { requireEnvironment } from '../aws/require-environment';
import { deployedMetrics } from '../aws/stage-metrics';
import { stageOutcome, type StageAnswer } from '../aws/stage-outcome';
import { startFunction } from '../aws/start-function';
import { Silver } from './silver';
import { silverMeasurements } from './silver-measurements';
import type { SilverReport } from './silver-report';

const logger = new Logger({ serviceName: 'silver' });
const lake = deployedLake(__dirname);
const telemetry = { logger, metrics: deployedMetrics(), measure: (report: SilverReport) => silverMeasurements(lake.spec, report) };
const goldFunction = requireEnvironment(ENVIRONMENT.goldFunction);
const rebuildFunction = requireEnvironment(ENVIRONMENT.rebuildFunction);
const lambda = new LambdaClient({});

/** Gold starts even if a table failed, for those that did not. */
export async function handler(_event: unknown, context: Context): Promise<StageAnswer<SilverReport>> {
  const silver = new Silver({ ...lake, timeLeft: () => context.getRemainingTimeInMillis() });
  const { failure, ...answer } = await stageOutcome(telemetry, () => silver.run());
  const starts = await Promise.allSettled([
    ...answer.report && hasCommitted(answer.report) ? [startFunction(lambda, goldFunction)] : [],
    ...answer.report && isEncoding(answer.report) ? [startFunction(lambda, rebuildFunction)] : [],
  ]);
  if (failure) throw failure;
  // What was to be done here is done; that the next stage was not started must be seen all the same.
  for (const one of starts) if (one.status === 'rejected') throw one.reason;
  return answer;
}

/** Should it still be at it, it says so and leaves. */
function isEncoding(report: SilverReport): boolean {
  return Object.values(report.tables).some(({ rebuild }) => rebuild?.state === 'encoding');
}

function hasCommitted(report: SilverReport): boolean {
  return Object.values(report.tables).some(({ state, runs }) => state === 'committed' || runs > 0);
}
