import type { TextPosition } from '../../../src/expression/parse-result';
import { refuse } from './refused';

const CLOCK = words('now current_date current_time current_timestamp localtime localtimestamp current_timezone');
const RANDOM = words('rand random uuid shuffle');
const SESSION = words('current_user current_catalog current_schema current_path current_groups version');

const AGGREGATES = words(`
  any_value approx_distinct approx_most_frequent approx_percentile approx_set arbitrary array_agg avg bitwise_and_agg bitwise_or_agg
  bitwise_xor_agg bool_and bool_or checksum corr count count_if covar_pop covar_samp every evaluate_classifier_predictions
  geometric_mean histogram kurtosis listagg map_agg map_union max max_by merge min min_by multimap_agg numeric_histogram qdigest_agg
  reduce_agg regr_intercept regr_slope skewness stddev stddev_pop stddev_samp sum tdigest_agg var_pop var_samp variance`);

const WINDOW_FUNCTIONS = words('cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number');

/** Refuses functions whose result depends on more than the row. */
export function refuseFunction(name: string, position: TextPosition): void {
  if (CLOCK.has(name)) refuseClock(name, position);
  if (RANDOM.has(name)) refuse(position, `'${name}' gives another value each time`, 'compute the value from columns');
  if (SESSION.has(name)) refuse(position, `'${name}' depends on who runs the query`, 'compute the value from columns');
  if (AGGREGATES.has(name)) {
    refuse(position, `'${name}' is an aggregate function`, 'an expression sees one row; aggregate with Measure or KeyMetric');
  }
  if (WINDOW_FUNCTIONS.has(name)) refuse(position, `'${name}' is a window function`, 'an expression sees one row; compute it from columns');
}

export function refuseClock(name: string, position: TextPosition): never {
  refuse(position, `'${name}' reads the clock`, 'bound the time with Window.today() or Window.last(…), which a refresh can follow');
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
