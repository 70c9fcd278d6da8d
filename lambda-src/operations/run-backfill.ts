import type { BackfillEnd } from '../backfill/backfill-end';
import type { Clock } from '../ports/clock';

/** How an execution of the backfill's state machine stands. */
export type ExecutionState =
  | { readonly state: 'running' }
  | { readonly state: 'succeeded'; readonly output: unknown }
  | { readonly state: 'failed'; readonly message: string };

/** Starts a pipeline's backfills and looks after them. */
export interface BackfillExecutions {
  /** Returns the execution's ARN. A name that is in use with the same input is the same execution. */
  start(name: string, input: object): Promise<string>;
  state(executionArn: string): Promise<ExecutionState>;
}

/** A table that an execution has left to another one, which was at it already. */
export interface LeftToAnother {
  readonly table: string;
  readonly execution: string;
  /** How that one stands by now; one that failed goes on no more. */
  readonly state: ExecutionState['state'];
}

/** Exports take from minutes to hours. */
const PAUSE = 15_000;

/** Waits until the execution has ended. `progress` is told each time that it has not. */
export async function untilEnded(
  executions: BackfillExecutions, executionArn: string, clock: Pick<Clock, 'sleep'>, progress: () => void,
): Promise<Exclude<ExecutionState, { state: 'running' }>> {
  for (;;) {
    const state = await executions.state(executionArn);
    if (state.state !== 'running') return state;
    progress();
    await clock.sleep(PAUSE);
  }
}

/** From what an execution that succeeded hands over. */
export async function leftToOthers(executions: BackfillExecutions, executionArn: string, output: unknown): Promise<LeftToAnother[]> {
  const { ends = [] } = (output ?? {}) as { readonly ends?: readonly BackfillEnd[] };
  const left = ends.flatMap(({ request, step }) => step?.state === 'elsewhere' ? [{ table: request.table, execution: step.execution }] : []);
  const machine = executionArn.slice(0, executionArn.lastIndexOf(':') + 1);
  return Promise.all(left.map(async one => ({ ...one, state: (await executions.state(machine + one.execution)).state })));
}
