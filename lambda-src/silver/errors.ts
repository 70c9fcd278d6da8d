import type { SilverReport } from './silver-report';

/** A deploy has defined the table anew for other code than this: it is under way, or was not finished. */
export class OvertakenError extends Error {
  public readonly name = 'OvertakenError';
}

/** The table has been dropped since it was deployed. */
export class SilverTableMissingError extends Error {
  public readonly name = 'SilverTableMissingError';
}

export class ExpectationFailedError extends Error {
  public readonly name = 'ExpectationFailedError';
  public constructor(table: string, violations: { readonly [expectation: string]: number }) {
    const rules = Object.entries(violations).map(([rule, keys]) => `${rule} (${keys} keys)`).join(', ');
    super(`${table} stops: its changes violate ${rules}, whose action is fail. Nothing of the run was written. `
      + 'Correct the items in the source table, or deploy the rule with another action; the next run takes the same changes again');
  }
}

/** At least one table's run failed; the others' are committed. */
export class SilverFailedError extends Error {
  public readonly name = 'SilverFailedError';
  public constructor(public readonly report: SilverReport) {
    const failed = Object.entries(report.tables).filter(([, { state }]) => state === 'failed');
    super(failed.map(([table, { error }]) => `${table}: ${error}`).join('\n'));
  }
}
