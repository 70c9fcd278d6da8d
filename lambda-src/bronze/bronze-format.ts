/** Version of Bronze files and of rejected records. */
export const BRONZE_FORMAT_VERSION = 1;

/** Under which name a Parquet file says its version. */
export const BRONZE_FORMAT_KEY = 'medallion.format';
