import type { StageMeasurements } from '../ports/stage-measurements';
import type { BackfillStep } from './backfill';

/** Of one step: what it has done, not how far the backfill is. */
export function backfillMeasurements(bronzeName: string, { done }: BackfillStep): StageMeasurements {
  return {
    tables: {
      [`bronze.${bronzeName}`]: {
        backfillRowsLoaded: done.rows, recordsRejected: done.rejected, itemsSettled: done.settled, backfillRowsRemoved: done.removed,
      },
    },
  };
}
