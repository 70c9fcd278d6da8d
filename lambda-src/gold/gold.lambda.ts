import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { deployedLake } from '../aws/deployed-lake';
import { stageOutcome } from '../aws/stage-outcome';
import { Gold } from './gold';

const logger = new Logger({ serviceName: 'gold' });
const lake = deployedLake(__dirname);

export async function handler(_event: unknown, context: Context): Promise<void> {
  const gold = new Gold({ ...lake, timeLeft: () => context.getRemainingTimeInMillis() });
  const { failure } = await stageOutcome(logger, () => gold.run());
  if (failure) throw failure;
}
