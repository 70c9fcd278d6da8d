import { BIGINT, BOOLEAN, INTEGER, TIMESTAMP, VARCHAR, type SqlType } from '../expression/sql-type';

/** What Bronze adds to the declared columns. `_event_timestamp` is epoch microseconds. */
export const BRONZE_SYSTEM_COLUMNS = {
  _event_name: VARCHAR,
  _event_timestamp: BIGINT,
  _table_name: VARCHAR,
  _event_id: VARCHAR,
  _sequence: VARCHAR,
  _ttl_delete: BOOLEAN,
  _new_image: VARCHAR,
  _old_image: VARCHAR,
  _errors: VARCHAR,
  _epoch: BIGINT,
} as const satisfies { readonly [name: string]: SqlType };

/** What every Silver row carries beside its own and its enriched columns. */
export const SILVER_SYSTEM_COLUMNS = {
  _event_timestamp: TIMESTAMP,
  _sequence: VARCHAR,
  _epoch: INTEGER,
  _errors: VARCHAR,
  processed_at: TIMESTAMP,
} as const satisfies { readonly [name: string]: SqlType };

/** What every Gold row carries: when its values were last computed to something new. */
export const GOLD_SYSTEM_COLUMNS = {
  computed_at: TIMESTAMP,
} as const satisfies { readonly [name: string]: SqlType };

/** Columns of a Gold metrics table, whose `metric_value` has the table's own type. */
export const METRIC_COLUMNS = {
  metric_name: VARCHAR,
  window_start: TIMESTAMP,
  window_end: TIMESTAMP,
} as const satisfies { readonly [name: string]: SqlType };
