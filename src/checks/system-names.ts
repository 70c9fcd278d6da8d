import { GOLD_SYSTEM_COLUMNS, METRIC_COLUMNS, SILVER_SYSTEM_COLUMNS } from '../spec/system-columns';
import type { Check } from './check';
import { declaredNames } from './declared-names';

/** Bronze's hour and a run's manifest are partition columns of the tables that hold a Silver table's columns. */
const SILVER_NAMES = new Set([...Object.keys(SILVER_SYSTEM_COLUMNS), 'dt', 'hr', 'run']);
const GOLD_NAMES = new Set([...Object.keys(GOLD_SYSTEM_COLUMNS), ...Object.keys(METRIC_COLUMNS), 'metric_value']);

/** No column has a name that the pipeline's own columns have beside it; those that begin with '_' are refused as names already. */
export const checkSystemNames: Check = ({ declaration }) => declaredNames(declaration)
  .filter(({ role, path, name }) => role === 'column' && !name.startsWith('_') && (path.startsWith('tables.') ? SILVER_NAMES : GOLD_NAMES).has(name))
  .map(({ path, name }) => ({ path, what: 'the pipeline has a column of that name itself', value: name, fix: `rename it, such as 'own_${name}'` }));
