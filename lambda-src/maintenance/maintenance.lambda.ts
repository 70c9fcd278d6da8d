import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { deployedLake } from '../aws/deployed-lake';
import { deployedTableVersions } from '../aws/glue-table-versions';
import { deployedMetrics } from '../aws/stage-metrics';
import { stageOutcome, type StageAnswer } from '../aws/stage-outcome';
import { Maintenance } from './maintenance';
import { maintenanceMeasurements } from './maintenance-measurements';
import type { MaintenanceReport } from './maintenance-report';

const logger = new Logger({ serviceName: 'maintenance' });
const lake = deployedLake(__dirname);
const tableVersions = deployedTableVersions();
const telemetry = { logger, metrics: deployedMetrics(), measure: maintenanceMeasurements };

export async function handler(_event: unknown, context: Context): Promise<StageAnswer<MaintenanceReport>> {
  const maintenance = new Maintenance({ ...lake, tableVersions, timeLeft: () => context.getRemainingTimeInMillis() });
  const { failure, ...answer } = await stageOutcome(telemetry, () => maintenance.run());
  if (failure) throw failure;
  return answer;
}
