/** Point-in-time recovery of the source is off: without it there is nothing to export from. */
export class PointInTimeRecoveryOffError extends Error {
  public readonly name = 'PointInTimeRecoveryOffError';
  public constructor(tableArn: string) {
    super(`point-in-time recovery of ${tableArn} is off, and a table can only be exported from it. Fix: set `
      + 'pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true } on the table, or run `aws dynamodb '
      + 'update-continuous-backups`, then start the backfill again');
  }
}

/** What to do about an export that is of no use; the backfill has put another one in its place by then. */
export const ANOTHER_EXPORT = 'Fix: once the cause is gone, start the backfill again, which makes another export, the third at the most; a first load '
  + 'that a deploy has begun starts by itself the next night';

/** DynamoDB did not finish the export; the message holds its reason. */
export class ExportFailedError extends Error {
  public readonly name = 'ExportFailedError';
}

/** What lies in the bucket is not what the export's manifests say. */
export class ExportCorruptError extends Error {
  public readonly name = 'ExportCorruptError';
}

/** An item cannot be written to the change log under the key by which it was loaded; another export would say the same. */
export class KeyUnreadableError extends Error {
  public readonly name = 'KeyUnreadableError';
  public constructor(reason: string) {
    super(`a key was loaded and cannot be read again: ${reason}. Fix: correct the item or the table's definition, and go on; no other export is needed`);
  }
}

/** What was asked for cannot be done; the message says what to ask for instead. */
export class BackfillRefusedError extends Error {
  public readonly name = 'BackfillRefusedError';
}

/** Another invocation works on the same backfill. */
export class BackfillBusyError extends Error {
  public readonly name = 'BackfillBusyError';
  public constructor(id: string) {
    super(`backfill ${id}: its state was changed by somebody else; it goes on from there`);
  }
}

/** Finding out which items to ask the table for took the time in which they were to be asked for. */
export class SettlementTooSlowError extends Error {
  public readonly name = 'SettlementTooSlowError';
  public constructor(table: string) {
    super(`${table}: Athena took so long to find the items that the clocks leave open that no time was left to read one. What is loaded stays `
      + 'loaded. Fix: go on when Athena has less to do; if it stays so, load shorter windows, which have fewer Bronze files beside them');
  }
}
