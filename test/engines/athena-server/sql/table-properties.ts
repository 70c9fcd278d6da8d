import { ExecutionFailure } from '../errors';
import type { Reader } from './reader';

export interface TableProperties {
  readonly [name: string]: string;
}

/** Every key that Athena knows for Iceberg tables. */
const KNOWN: ReadonlySet<string> = new Set([
  'table_type', 'format', 'write_compression', 'compression_level', 'optimize_rewrite_data_file_threshold', 'optimize_rewrite_delete_file_threshold',
  'optimize_rewrite_min_data_file_size_bytes', 'optimize_rewrite_max_data_file_size_bytes', 'vacuum_min_snapshots_to_keep',
  'vacuum_max_snapshot_age_seconds', 'vacuum_max_metadata_files_to_keep', 'write_target_data_file_size_bytes', 'write_data_path_enabled',
]);

/** `('k' = 'v', …)`. */
export function tableProperties(reader: Reader): TableProperties {
  return Object.fromEntries(reader.list(() => {
    const name = reader.string();
    reader.symbol('=');
    return [name, reader.string()];
  }));
}

/** An unknown key is found while the statement runs, not before. */
export function assertKnown(properties: TableProperties): void {
  for (const name of Object.keys(properties)) {
    if (!KNOWN.has(name)) throw new ExecutionFailure(`Unsupported table property key: ${name}`, 'user', 1200);
  }
}

/** Those that only OPTIMIZE and VACUUM read; Trino keeps them for us as they are. */
export function maintenanceProperties(properties: TableProperties): TableProperties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => /^(optimize|vacuum)_/.test(name)));
}

export function trinoMap(properties: TableProperties): string {
  const array = (texts: readonly string[]): string => `ARRAY[${texts.map(text => `'${text.replaceAll("'", "''")}'`).join(', ')}]`;
  return `MAP(${array(Object.keys(properties))}, ${array(Object.values(properties))})`;
}
