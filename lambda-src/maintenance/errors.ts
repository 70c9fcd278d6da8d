import type { TableName } from '../sql/nodes';
import type { MaintenanceReport } from './maintenance-report';

export class MaintainedTableMissingError extends Error {
  public readonly name = 'MaintainedTableMissingError';
  public constructor({ layer, name }: TableName) {
    super(`the table ${layer}.${name} does not exist: deploy the stack again, which creates it`);
  }
}

/** At least one table could not be maintained; the others are. */
export class MaintenanceFailedError extends Error {
  public readonly name = 'MaintenanceFailedError';
  public constructor(public readonly report: MaintenanceReport) {
    const failed = Object.entries(report.tables).filter(([, { state }]) => state === 'failed');
    super(failed.map(([table, { error }]) => `${table}: ${error}`).join('\n'));
  }
}
