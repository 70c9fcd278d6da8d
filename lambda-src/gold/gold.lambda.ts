import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { deployedLake } from '../aws/deployed-lake';
import { deployedMetrics } from '../aws/stage-metrics';
import { stageOutcome, type StageAnswer } from '../aws/stage-outcome';
import { Gold } from './gold';
import { goldMeasurements } from './gold-measurements';
import type { GoldReport } from './gold-report';

const logger = new Logger({ serviceName: 'gold' });
const lake = deployedLake(__dirname);
const telemetry = { logger, metrics: deployedMetrics(), measure: goldMeasurements };

export async function handler(_event: unknown, context: Context): Promise<StageAnswer<GoldReport>> {
  const gold = new Gold({ ...lake, timeLeft: () => context.getRemainingTimeInMillis() });
  const { failure, ...answer } = await stageOutcome(telemetry, () => gold.run());
  if (failure) throw failure;
  return answer;
}
