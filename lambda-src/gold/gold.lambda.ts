import { Logger } from '@aws-lambda-powertools/logger';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { Context } from 'aws-lambda';
import { deployedLake } from '../aws/deployed-lake';
import { ANNOUNCER_SETTINGS, EventBusAnnouncer } from '../aws/event-bus-announcer';
import { deployedMetrics } from '../aws/stage-metrics';
import { stageOutcome, type StageAnswer } from '../aws/stage-outcome';
import { Gold } from './gold';
import { goldMeasurements } from './gold-measurements';
import type { GoldReport } from './gold-report';

const logger = new Logger({ serviceName: 'gold' });
const lake = deployedLake(__dirname);
const announcer = new EventBusAnnouncer(new EventBridgeClient(ANNOUNCER_SETTINGS), lake.clock);
const telemetry = { logger, metrics: deployedMetrics(), measure: goldMeasurements };

export async function handler(_event: unknown, context: Context): Promise<StageAnswer<GoldReport>> {
  const gold = new Gold({ ...lake, announcer, timeLeft: () => context.getRemainingTimeInMillis() });
  const { failure, ...answer } = await stageOutcome(telemetry, () => gold.run());
  if (answer.report?.announced.error !== undefined) logger.error('refreshes are not announced yet', { reason: answer.report.announced.error });
  if (failure) throw failure;
  return answer;
}
