import type { Change } from '../../convergence/reference-model';
import type { Step } from '../../convergence/trace';

/** What must stay as it is, or the rules of the pipeline would not apply any more. */
const MEANT: ReadonlySet<string> = new Set(['N0', 'N1']);
/** Values that name an item or a group: each trace has its own. */
const NAMES: ReadonlySet<string> = new Set(['RegionID', 'CustomerID', 'Label', 'Name']);

/**
 * Many traces as one, so that they share tables and runs: each has its changes under keys of its own, and all of them have what else
 * happens in the first: deliveries, runs, deploys, exports, waits. Any cut into runs is a valid one, so each must converge as if it
 * were alone.
 */
export function shared(traces: readonly (readonly Step[])[]): Step[] {
  const [leading] = traces;
  const merged = leading.flatMap((step, position) => [
    ...traces.flatMap((trace, index) => changeAt(trace, position, index)),
    ...step.do === 'change' ? [] : [forAll(step, traces.length)],
  ]);
  const rest = traces.flatMap((trace, index) => (
    trace.slice(leading.length).flatMap((_, beyond) => changeAt(trace, leading.length + beyond, index))));
  return [...merged, ...rest];
}

/** As much is lost of so many streams as of one. */
function forAll(step: Step, traces: number): Step {
  return step.do === 'lose records' ? { ...step, count: step.count * traces } : step;
}

function changeAt(trace: readonly Step[], position: number, index: number): Step[] {
  const step = trace[position];
  return step?.do === 'change' ? [{ do: 'change', change: prefixed(step.change, `t${index}`) }] : [];
}

function prefixed(change: Change, prefix: string): Change {
  const values = Object.entries(change.values).map(([name, value]) => [
    name, value !== null && NAMES.has(name) && !MEANT.has(value) ? `${prefix}${value}` : value,
  ]);
  return { ...change, key: `${prefix}${change.key}`, values: Object.fromEntries(values) as Change['values'] };
}
