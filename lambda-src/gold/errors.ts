import type { GoldReport } from './gold-report';

export class GoldTableMissingError extends Error {
  public readonly name = 'GoldTableMissingError';
  public constructor(table: string) {
    super(`the table ${table} does not exist: deploy the stack again, which creates it`);
  }
}

/** At least one table could not be refreshed; the others are. */
export class GoldFailedError extends Error {
  public readonly name = 'GoldFailedError';
  public constructor(public readonly report: GoldReport) {
    const failed = Object.entries(report.tables).filter(([, { state }]) => state === 'failed');
    super(failed.map(([table, { error }]) => `${table}: ${error}`).join('\n'));
  }
}
