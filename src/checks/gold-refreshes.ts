import { typeWithArticle } from '../expression/sql-type';
import { isTime } from '../expression/type-rules';
import type { GoldTableDeclaration } from '../spec/pipeline-declaration';
import { wholeUnits } from '../spec/window-spec';
import type { Check, CheckContext } from './check';
import { entry, unknownName } from './lookup';
import type { Problem } from './problem';

/** `Refresh.delta` recomputes an aggregate's groups by time, so it needs such a group. */
export const checkGoldRefreshes: Check = context => Object.entries(context.declaration.gold).flatMap(([name, gold]) => {
  return deltaProblems(context, `gold.${name}.refresh`, gold);
});

function deltaProblems(context: CheckContext, path: string, gold: GoldTableDeclaration): Problem[] {
  const { refresh } = gold;
  if (refresh.kind !== 'delta') return [];
  if (gold.kind !== 'aggregate') {
    return [{ path, what: `Refresh.delta of a table of ${gold.kind === 'snapshot' ? 'rows' : 'metrics'}`, fix: 'use Refresh.changed()' }];
  }
  const text = entry(gold.groupBy, refresh.column);
  if (text === undefined) return [unknownName(path, 'groupBy column', refresh.column, Object.keys(gold.groupBy))];
  const columns = entry(context.columns, gold.silverTable);
  const type = columns && context.expressions.value(path, text, columns).expression?.type;
  if (!type) return [];
  if (!isTime(type)) {
    return [{ path, what: `a window over ${typeWithArticle(type)}`, value: refresh.column, fix: 'name a groupBy column that is a date or timestamp' }];
  }
  if (type.kind === 'date' && wholeUnits(refresh.window)?.unit === 'hour') {
    return [{ path, what: `a window of hours over '${refresh.column}', a date`, fix: 'use Duration.days(n)' }];
  }
  return [];
}
