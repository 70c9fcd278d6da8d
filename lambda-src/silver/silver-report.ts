import type { Named } from '../../src/spec/pipeline-spec';
import type { Inspection } from './statements/inspection';
import type { TableRebuildReport } from './table-rebuild';

/** What one Silver invocation did. */
export interface SilverReport {
  readonly tables: { readonly [table: string]: TableReport };
  /** For how many hours the table that is paused longest has not been read; missing if none is paused. */
  readonly hoursPaused?: number;
  /** Batches that Lambda has given up and nobody has put through again; missing if that could not be told. */
  readonly failedBatches?: number;
}

export interface TableReport {
  /**
   * `parked`: time ran out, the next invocation goes on; `overtaken`: a deploy has defined the table anew, the next invocation of the
   * function that comes with it goes on; `skipped`: a table that it depends on did not finish.
   */
  readonly state: 'committed' | 'idle' | 'failed' | 'skipped' | 'parked' | 'overtaken';
  readonly runs: number;
  readonly files: number;
  /** Of all runs together. */
  readonly inspection: Inspection;
  /** Bronze files that cannot be read; they are noted in the journal and left out. */
  readonly poisoned: readonly string[];
  /** Bytes that its statements read, those of failed runs too. */
  readonly bytesScanned: number;
  /**
   * How long, in seconds, the oldest Bronze file that was new to this invocation had waited in the end; 0 if none was new. Missing
   * if it could not be told.
   */
  readonly lag?: number;
  /** Bronze files that are left out because they cannot be read, those of earlier runs too. */
  readonly unreadable: number;
  /** While rows of an older definition are made again, and when that ends. */
  readonly rebuild?: TableRebuildReport;
  readonly error?: string;
}

const NOTHING_INSPECTED: Inspection = { keys: 0, removed: 0, conversionErrors: 0, violations: {}, unmatched: {} };

export const NOTHING_DONE: TableReport = {
  state: 'idle', runs: 0, files: 0, inspection: NOTHING_INSPECTED, poisoned: [], bytesScanned: 0, unreadable: 0,
};

export function addInspections(left: Inspection, right: Inspection): Inspection {
  return {
    keys: left.keys + right.keys,
    removed: left.removed + right.removed,
    conversionErrors: left.conversionErrors + right.conversionErrors,
    violations: addCounts(left.violations, right.violations),
    unmatched: addCounts(left.unmatched, right.unmatched),
  };
}

function addCounts(left: Named<number>, right: Named<number>): Named<number> {
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return Object.fromEntries([...names].map(name => [name, (left[name] ?? 0) + (right[name] ?? 0)]));
}
