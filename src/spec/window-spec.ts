import type { Duration } from 'aws-cdk-lib';
import type { WindowDeclaration } from './pipeline-declaration';
import type { WindowSpec } from './pipeline-spec';

const MILLISECONDS = { day: 86_400_000, hour: 3_600_000 } as const;

export interface WholeUnits {
  readonly unit: 'day' | 'hour';
  readonly count: number;
}

/** Days if it was said in days, else hours; undefined if that is no whole number of one or more. */
export function wholeUnits(duration: Duration): WholeUnits | undefined {
  const unit = duration.unitLabel() === 'days' ? 'day' : 'hour';
  const count = duration.toMilliseconds({ integral: false }) / MILLISECONDS[unit];
  return Number.isInteger(count) && count >= 1 ? { unit, count } : undefined;
}

/** @param timeZone the pipeline's, for windows that name none. */
export function windowSpec(window: WindowDeclaration, timeZone: string): WindowSpec {
  switch (window.kind) {
    case 'today': return { kind: 'today', timeZone: window.timeZone ?? timeZone };
    case 'last': return { kind: 'last', ...wholeUnits(window.duration)!, timeZone: window.timeZone ?? timeZone };
    case 'all-time': return { kind: 'all-time' };
  }
}
