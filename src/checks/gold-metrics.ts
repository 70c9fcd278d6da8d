import { typeWithArticle } from '../expression/sql-type';
import { isTime } from '../expression/type-rules';
import { wholeUnits } from '../spec/window-spec';
import type { Check } from './check';
import { measureProblems } from './gold-aggregates';
import { eachGold } from './gold-sources';
import { columnOf } from './lookup';
import type { Problem } from './problem';

/** Metrics over windows that their time column can be cut by. */
export const checkGoldMetrics: Check = context => eachGold(context, 'metrics', (path, { timeColumn, metrics }, columns) => {
  const found = columnOf(columns, timeColumn, `${path}.timeColumn`);
  const time: Problem[] = [];
  if (found && 'problem' in found) time.push(found.problem);
  if (found && 'type' in found && !isTime(found.type)) {
    time.push({ path: `${path}.timeColumn`, what: typeWithArticle(found.type), value: timeColumn, fix: 'use a date or timestamp column' });
  }
  const days = found && 'type' in found && found.type.kind === 'date';
  return [
    ...time,
    ...(Object.keys(metrics).length === 0 ? [{ path: `${path}.metrics`, what: 'no metric', fix: 'add one, such as KeyMetric.count(Window.today())' }] : []),
    ...Object.entries(metrics).flatMap(([name, metric]) => [
      ...measureProblems(context, `${path}.metrics.${name}`, metric, columns),
      ...(days && metric.window.kind === 'last' && wholeUnits(metric.window.duration)?.unit === 'hour' ? [{
        path: `${path}.metrics.${name}`, what: `a window of hours over '${timeColumn}', a date`, fix: 'use Duration.days(n)',
      }] : []),
      ...(metric.previous && metric.window.kind === 'all-time' ? [{
        path: `${path}.metrics.${name}`, what: 'a period before all time', fix: 'leave withPreviousPeriod out, or take Window.last(Duration.days(n))',
      }] : []),
    ]),
  ];
});
