import type { Named } from '../../spec/pipeline-spec';
import type { Expression } from '../expression';
import { BIGINT, DATE, type SqlType } from '../sql-type';
import { isTime } from '../type-rules';
import { allSame, fixed, literalText, takes, type SupportedFunction } from './supported-function';

const DATE_UNITS = ['day', 'week', 'month', 'quarter', 'year'];
const TIME_UNITS = ['second', 'minute', 'hour'];
const UNITS = "a literal unit: 'day', 'week', 'month', 'quarter', 'year', and for timestamps 'second', 'minute', 'hour'";

/** Dates are of the proleptic Gregorian calendar, timestamps in UTC; a week begins on Monday. */
export const TIME_FUNCTIONS: Named<SupportedFunction> = {
  year: fixed('year(date or timestamp)', ['time'], BIGINT),
  quarter: fixed('quarter(date or timestamp)', ['time'], BIGINT),
  month: fixed('month(date or timestamp)', ['time'], BIGINT),
  // The ISO week, 1 to 53.
  week: fixed('week(date or timestamp)', ['time'], BIGINT),
  day: fixed('day(date or timestamp)', ['time'], BIGINT),
  // 1 is Monday, 7 Sunday.
  day_of_week: fixed('day_of_week(date or timestamp)', ['time'], BIGINT),
  day_of_year: fixed('day_of_year(date or timestamp)', ['time'], BIGINT),
  hour: fixed('hour(timestamp)', ['timestamp'], BIGINT),
  minute: fixed('minute(timestamp)', ['timestamp'], BIGINT),
  // Without its fraction.
  second: fixed('second(timestamp)', ['timestamp'], BIGINT),
  // The same as CAST(… AS date).
  date: {
    usage: 'date(varchar, date or timestamp)',
    returns: types => takes(types, ['time']) || takes(types, ['varchar']) ? DATE : undefined,
  },
  last_day_of_month: fixed('last_day_of_month(date or timestamp)', ['time'], DATE),
  // Start of the unit; the type stays: a date gives a date.
  date_trunc: {
    usage: `date_trunc(unit, date or timestamp) with ${UNITS}`,
    returns: (types, parts) => takes(types, ['varchar', 'time']) && knowsUnit(parts[0], types[1]) ? types[1] : undefined,
  },
  // Adds whole units and keeps the day within the month reached: 31 January plus a month is 28 or 29 February.
  date_add: {
    usage: `date_add(unit, number, date or timestamp) with ${UNITS}`,
    returns: (types, parts) => takes(types, ['varchar', 'bigint', 'time']) && knowsUnit(parts[0], types[2]) ? types[2] : undefined,
  },
  // Complete units from the second argument to the third, negative where the third is earlier.
  date_diff: {
    usage: `date_diff(unit, from, to), both dates or both timestamps, with ${UNITS}`,
    returns: (types, parts) => {
      const times = types.slice(1);
      return takes(types, ['varchar', 'time', 'time']) && allSame(times) && knowsUnit(parts[0], times[0]) ? BIGINT : undefined;
    },
  },
};

function knowsUnit(part: Expression, type: SqlType): boolean {
  const unit = literalText(part);
  return unit !== undefined && isTime(type) && (DATE_UNITS.includes(unit) || (type.kind === 'timestamp' && TIME_UNITS.includes(unit)));
}
