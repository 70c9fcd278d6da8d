/** Point-in-time recovery goes back so far: no export tells of an earlier time. In days. */
export const RECOVERABLE_DAYS = 35;

/** How far back changes can still be exported once somebody has begun: recovery moves on while windows are worked off. */
export const HEALABLE_DAYS = RECOVERABLE_DAYS - 1;

/** An export is kept so long, and can be loaded as long as it is kept. In days. */
export const EXPORT_KEPT_DAYS = 14;
