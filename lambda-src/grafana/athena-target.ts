export interface DataSourceReference {
  readonly type: typeof ATHENA_PLUGIN;
  readonly uid: string;
}

/** A query as Grafana's Athena plugin reads it. */
export interface AthenaTarget {
  readonly refId: string;
  readonly datasource: DataSourceReference;
  readonly rawSQL: string;
  readonly format: number;
  /** The plugin reads it without looking whether it is there. */
  readonly connectionArgs: {
    readonly region: string;
    readonly catalog: string;
    readonly database: string;
    readonly resultReuseEnabled: boolean;
    readonly resultReuseMaxAgeInMinutes: number;
  };
}

export const ATHENA_PLUGIN = 'grafana-athena-datasource';

/** The plugin's numbers for what it makes of a result. */
export const FORMAT = { timeSeries: 0, table: 1 } as const;

/** As the data source says. */
const DEFAULT = '__default';

/** A table; results not older than a refresh are used again, so that many readers cost as much as one. */
export function athenaTarget(datasource: DataSourceReference, rawSQL: string, refreshSeconds: number): AthenaTarget {
  return {
    refId: 'A',
    datasource,
    rawSQL,
    format: FORMAT.table,
    connectionArgs: {
      region: DEFAULT,
      catalog: DEFAULT,
      database: DEFAULT,
      resultReuseEnabled: true,
      resultReuseMaxAgeInMinutes: Math.max(1, Math.ceil(refreshSeconds / 60)),
    },
  };
}
