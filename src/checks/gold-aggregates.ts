import { columnsOf } from '../expression/columns-of';
import { isNested, isNumeric, typeWithArticle, type SqlType } from '../expression/sql-type';
import { isOrderable } from '../expression/type-rules';
import type { KeyMetricDeclaration, MeasureDeclaration } from '../spec/pipeline-declaration';
import type { Check, CheckContext } from './check';
import { eachGold } from './gold-sources';
import { columnOf } from './lookup';
import type { Problem } from './problem';
import type { TableColumns } from './table-columns';

/** Groups and measures that have a type. */
export const checkGoldAggregates: Check = context => eachGold(context, 'aggregate', (path, { groupBy, measures }, columns) => [
  ...(Object.keys(groupBy).length === 0
    ? [{ path: `${path}.groupBy`, what: 'no group', fix: 'name what a row stands for, or use GoldTable.metrics for figures of all rows' }]
    : []),
  ...(Object.keys(measures).length === 0 ? [{ path: `${path}.measures`, what: 'no measure', fix: 'add one, such as Measure.count()' }] : []),
  ...Object.keys(measures).filter(name => Object.hasOwn(groupBy, name)).map(name => ({
    path: `${path}.measures.${name}`, what: 'groupBy has a column of that name', value: name, fix: 'give the measure another name',
  })),
  ...Object.entries(groupBy).flatMap(([name, text]) => groupProblems(context, `${path}.groupBy.${name}`, text, columns)),
  ...Object.entries(measures).flatMap(([name, measure]) => measureProblems(context, `${path}.measures.${name}`, measure, columns)),
]);

/** What is wrong with a figure over the rows of a Silver table. */
export function measureProblems(
  context: CheckContext, path: string, { aggregate, column, where }: MeasureDeclaration | KeyMetricDeclaration, columns: TableColumns,
): readonly Problem[] {
  const filter = where === undefined ? [] : context.expressions.predicate(`${path}.where`, where, columns).problems;
  if (column === undefined) return filter;
  if (!COLUMN_NAME.test(column)) return [...filter, { path, what: 'a measure takes a column, no expression', value: column, fix: columnInstead(column, columns) }];
  const found = columnOf(columns, column, path);
  if (!found) return filter;
  return [...filter, ...('problem' in found ? [found.problem] : aggregateProblems(path, aggregate, column, found.type))];
}

const COLUMN_NAME = /^[A-Za-z_]\w*$/;

/** What to declare, so that the column that an expression is about can be named alone. */
function columnInstead(expression: string, { data }: TableColumns): string {
  if (/\bjson_/i.test(expression)) return 'write the number as an attribute of the item itself, declare that, and name its column alone';
  const words = expression.split(/\W+/);
  const [named, ...others] = Object.keys(data).filter(name => words.includes(name));
  if (named === undefined || others.length > 0) return 'name one column of the Silver table';
  return data[named].kind === 'varchar'
    ? `declare ${named} as a number, such as Column.decimal(12, 2), and name it alone: '${named}'`
    : `name the column alone: '${named}'`;
}

function groupProblems(context: CheckContext, path: string, text: string, columns: TableColumns): readonly Problem[] {
  const { expression, problems } = context.expressions.value(path, text, columns);
  if (expression && columnsOf(expression.tree).length === 0) {
    return [{ path, what: 'a group by a constant', value: text, fix: 'group by an expression over at least one column' }];
  }
  if (!expression || !isNested(expression.type)) return problems;
  return [{ path, what: `groups by ${typeWithArticle(expression.type)}`, value: text, fix: 'group by one of its elements: element_at(column, …)' }];
}

function aggregateProblems(path: string, aggregate: MeasureDeclaration['aggregate'], column: string, type: SqlType): Problem[] {
  const problem = { path, what: `${aggregate} of ${typeWithArticle(type)}`, value: column };
  if ((aggregate === 'sum' || aggregate === 'avg') && !isNumeric(type)) return [{ ...problem, fix: 'use a number column' }];
  if ((aggregate === 'min' || aggregate === 'max') && !isOrderable(type)) return [{ ...problem, fix: 'use a column whose values have an order' }];
  if (aggregate === 'count-distinct' && isNested(type)) return [{ ...problem, fix: 'count a column of single values' }];
  return [];
}
