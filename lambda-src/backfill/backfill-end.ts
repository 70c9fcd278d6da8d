import type { ObjectStore } from '../ports/object-store';
import type { BackfillStep } from './backfill';
import type { BackfillRequest } from './backfill-request';
import { BackfillRecord } from './backfill-state';
import { BackfillBusyError } from './errors';

/** How the backfill of one table ended: with its last step, or with what went wrong, as Step Functions says it. */
export interface BackfillEnd {
  readonly request: BackfillRequest;
  readonly step?: BackfillStep;
  readonly failure?: { readonly Error: string; readonly Cause: string };
}

/** At least one table's backfill failed; the others went on to their end. */
export class BackfillFailedError extends Error {
  public readonly name = 'BackfillFailedError';
}

/**
 * Throws BackfillFailedError with every failure.
 *
 * @param planned of which somebody may have stopped the execution before its end
 */
export function assertAllDone(planned: readonly BackfillRequest[], ends: readonly BackfillEnd[]): void {
  const failed = ends.filter(({ failure }) => failure !== undefined);
  const ended = new Set(ends.map(({ request }) => request.table));
  const problems = [
    ...failed.map(({ request, failure }) => `${request.table}: ${failure!.Error}: ${causeOf(failure!.Cause)}`),
    ...planned.filter(({ table }) => !ended.has(table)).map(({ table }) => `${table}: its own execution was stopped, or broke off: start it again`),
  ];
  if (problems.length > 0) throw new BackfillFailedError(problems.join('\n'));
}

/**
 * Leaves what an execution has not brought to its end to whoever goes on with it: an invocation that ran out of memory or time, or an
 * execution of a table that was stopped, could not say itself that nobody is at it any more.
 */
export async function leaveUnfinished(planned: readonly BackfillRequest[], execution: string, store: ObjectStore): Promise<void> {
  for (const { id } of planned) {
    const record = await BackfillRecord.find(store, id);
    if (record === undefined || record.state.phase === 'done' || record.state.worker?.execution !== execution) continue;
    await record.writeWorker(undefined).catch((error: unknown) => {
      // Somebody has taken it up by now.
      if (!(error instanceof BackfillBusyError)) throw error;
    });
  }
}

/** Lambda wraps an error's message in JSON. */
function causeOf(cause: string): string {
  try {
    const { errorMessage } = JSON.parse(cause) as { errorMessage?: string };
    return errorMessage ?? cause;
  } catch {
    return cause;
  }
}
