import * as arrow from 'apache-arrow';
import { readParquet } from 'parquet-wasm/node';
import { BRONZE_SYSTEM_COLUMNS } from '../../src/spec/system-columns';
import { BRONZE_FORMAT_KEY, BRONZE_FORMAT_VERSION } from '../bronze/bronze-format';
import type { StoredChange, SystemValues } from '../bronze/change-log';
import type { PhysicalValue } from '../bronze/convert/converter';
import { requireKnownFormat } from '../state/stored-format';

/** The changes in a Bronze file, whatever definition they were encoded under. Throws IncompatibleStateError. */
export function storedChanges(key: string, parquet: Uint8Array): StoredChange[] {
  const table = arrow.tableFromIPC(readParquet(parquet).intoIPCStream());
  const format = table.schema.metadata.get(BRONZE_FORMAT_KEY);
  // Who rewrites a file to erase rows may lose its metadata; files of any other format than the first would say so in their rows.
  if (format !== undefined) requireKnownFormat(key, Number(format), BRONZE_FORMAT_VERSION);
  const columns = new Map(table.schema.fields.map(({ name }) => [name, table.getChild(name)!]));
  const valueAt = (name: string, row: number): PhysicalValue | null => {
    const column = columns.get(name);
    return column ? physicalValue(column.type, column.get(row)) : null;
  };
  return Array.from({ length: table.numRows }, (_, row) => ({
    system: Object.fromEntries(Object.keys(BRONZE_SYSTEM_COLUMNS).map(name => [name, valueAt(name, row)])) as SystemValues,
    column: name => valueAt(name, row),
  }));
}

/** What the column was written from: no number may pass through a double. */
function physicalValue(type: arrow.DataType, value: unknown): PhysicalValue | null {
  if (value === null || value === undefined) return null;
  if (arrow.DataType.isDecimal(type)) return unscaled(value as Uint32Array);
  if (arrow.DataType.isDate(type)) return Math.round(value as number / MILLISECONDS_OF_A_DAY);
  return value as PhysicalValue;
}

const MILLISECONDS_OF_A_DAY = 24 * 60 * 60 * 1000;

/** Four words, the lowest first, two's complement. */
function unscaled(words: Uint32Array): bigint {
  return BigInt.asIntN(128, [...words].reduceRight((sum, word) => sum * 2n ** 32n + BigInt(word), 0n));
}
