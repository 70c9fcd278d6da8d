/**
 * Every handler (`<handler>.lambda.ts`), and the folder of assets/ that ships it. Those that write rows share one: the Parquet library
 * in it is larger than all the rest.
 */
export const HANDLER_ASSETS = {
  bronze: 'rows',
  redrive: 'rows',
  rebuild: 'rows',
  backfill: 'rows',
  silver: 'silver',
  gold: 'gold',
  maintenance: 'maintenance',
  schema: 'schema',
} as const;

export type Handler = keyof typeof HANDLER_ASSETS;
