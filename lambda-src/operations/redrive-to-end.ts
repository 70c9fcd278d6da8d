import type { RedriveReport, RedrivenTable } from '../redrive/redrive-report';
import type { RedriveRequest } from '../redrive/redrive-request';
import type { InvocationOutcome } from './invoke-stage';

/** What a whole redrive came to. */
export interface RedriveEnd {
  /** Of all invocations that ended, together; `next` if one did not, to go on with. */
  readonly report: RedriveReport;
  /** Why it stopped before its end. */
  readonly failure?: string;
}

export interface RedriveCalls {
  /** Invokes the redrive function. */
  readonly invoke: (request: RedriveRequest) => Promise<InvocationOutcome>;
  /** Told after each invocation but the last. */
  readonly progress: (soFar: RedriveReport) => void;
}

const NOTHING: RedriveReport = { tables: {}, filesDone: 0, filesLeft: 0, left: [] };

/** One invocation after the other until nothing is left to look at; each runs for minutes. A failed one ends it. */
export async function redriveToEnd(request: RedriveRequest, { invoke, progress }: RedriveCalls): Promise<RedriveEnd> {
  let soFar = NOTHING;
  for (let next = request; ;) {
    const outcome = await invoke(next);
    if (outcome.state === 'failed') return { report: { ...soFar, next }, failure: outcome.message };
    const report = outcome.answer as RedriveReport;
    soFar = sumOf(soFar, report);
    if (report.next === undefined) return { report: soFar };
    if (report.next.after === next.after) {
      return { report: { ...soFar, next: report.next }, failure: 'an invocation ended without having looked at a file: give the function more time' };
    }
    progress(soFar);
    next = report.next;
  }
}

function sumOf(one: RedriveReport, other: RedriveReport): RedriveReport {
  const names = [...new Set([...Object.keys(one.tables), ...Object.keys(other.tables)])];
  return {
    tables: Object.fromEntries(names.map(name => [name, tableSum(one.tables[name], other.tables[name])])),
    filesDone: one.filesDone + other.filesDone,
    filesLeft: one.filesLeft + other.filesLeft,
    left: [...one.left, ...other.left],
  };
}

function tableSum(one?: RedrivenTable, other?: RedrivenTable): RedrivenTable {
  return { changes: (one?.changes ?? 0) + (other?.changes ?? 0), rejected: (one?.rejected ?? 0) + (other?.rejected ?? 0) };
}
