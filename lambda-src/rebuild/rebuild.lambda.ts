import { Logger } from '@aws-lambda-powertools/logger';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Context } from 'aws-lambda';
import { CLIENT_SETTINGS } from '../aws/client-settings';
import { deployedLake } from '../aws/deployed-lake';
import { deployedHashKey } from '../aws/secret-hash-key';
import { deployedMetrics } from '../aws/stage-metrics';
import { startFunction } from '../aws/start-function';
import { Rebuild, type RebuildReport } from './rebuild';
import { rebuildMeasurements, replayMeasurements } from './rebuild-measurements';
import { Replay, type ReplayReport, type ReplayRequest } from './replay';

/** Without a payload the function goes on with every rebuild that Silver has begun. */
export interface RebuildEvent {
  readonly replay?: ReplayRequest;
}

const logger = new Logger({ serviceName: 'rebuild' });
const lake = { ...deployedLake(__dirname), hashKey: deployedHashKey() };
const metrics = deployedMetrics();
const lambda = new LambdaClient(CLIENT_SETTINGS);

export async function handler(event: RebuildEvent | null, context: Context): Promise<RebuildReport | ReplayReport> {
  try {
    const dependencies = { ...lake, timeLeft: () => context.getRemainingTimeInMillis() };
    if (event?.replay) {
      const report = await new Replay(dependencies).run(event.replay);
      logger.info('replayed', { table: event.replay.table, report });
      metrics.publish(replayMeasurements(event.replay.table, report));
      return report;
    }
    const report = await new Rebuild(dependencies).run();
    logger.info('encoded', { report });
    metrics.publish(rebuildMeasurements(report));
    // One that got nowhere would get nowhere again; Silver starts it anew with its next run.
    if (goesOn(report)) await goOn(context.invokedFunctionArn);
    return report;
  } catch (error) {
    const { report } = error as { readonly report?: RebuildReport };
    logger.error('failed', { error: error as Error, report });
    if (report) metrics.publish(rebuildMeasurements(report));
    throw error;
  }
}

/** Where it cannot be started, Silver's next run starts it: that is late, and no failure of what has been done. */
async function goOn(functionArn: string): Promise<void> {
  try {
    await startFunction(lambda, functionArn);
  } catch (error) {
    logger.warn('left to the next Silver run', { error: error as Error });
  }
}

function goesOn({ tables }: RebuildReport): boolean {
  return Object.values(tables).some(({ state, files }) => state === 'parked' && files > 0);
}
