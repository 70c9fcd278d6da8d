import { wholeUnits } from '../spec/window-spec';
import type { Check } from './check';
import { declaredWindows } from './declared-windows';

/** Windows are counted in whole days or hours, since their bounds are starts of days or hours. */
export const checkWindows: Check = ({ declaration }) => declaredWindows(declaration).flatMap(({ path, window }) => {
  if (window.kind !== 'last' || wholeUnits(window.duration)) return [];
  return [{
    path,
    what: 'a window of no whole number of days or hours',
    value: window.duration.toHumanString(),
    fix: 'use Duration.days(n) or Duration.hours(n) with a whole n of 1 or more',
  }];
});
