import * as arrow from 'apache-arrow';
import { typeName, type SqlType } from '../../../src/expression/sql-type';
import type { PhysicalValue } from '../convert/converter';

/** Asked to store what no column of Bronze ever is. */
export class StorageTypeError extends Error {
  public readonly name = 'StorageTypeError';
}

type Values = readonly (PhysicalValue | null)[];

/** A column as one block of memory in Arrow's layout; a value of null is null. */
export function columnData(type: SqlType, values: Values): arrow.Data {
  const shared = { length: values.length, offset: 0, ...nullsOf(values) };
  switch (type.kind) {
    case 'bigint': return arrow.makeData({ type: new arrow.Int64(), data: int64s(values), ...shared });
    case 'double': return arrow.makeData({ type: new arrow.Float64(), data: Float64Array.from(values, value => value as number ?? 0), ...shared });
    case 'date': return arrow.makeData({ type: new arrow.DateDay(), data: Int32Array.from(values, value => value as number ?? 0), ...shared });
    case 'boolean': return arrow.makeData({ type: new arrow.Bool(), data: bits(values, value => value === true), ...shared });
    case 'varchar': return arrow.makeData({ type: new arrow.Utf8(), ...texts(values as readonly (string | null)[]), ...shared });
    case 'varbinary': return arrow.makeData({ type: new arrow.Binary(), ...blobs(values.map(value => value as Uint8Array ?? NOTHING)), ...shared });
    case 'decimal': return arrow.makeData({ type: new arrow.Decimal(type.scale, type.precision, 128), data: decimals(values), ...shared });
    default: throw new StorageTypeError(`Bronze does not store ${typeName(type)}; ask bronzePhysicalType for the type that it stores instead`);
  }
}

const NOTHING = new Uint8Array(0);

function nullsOf(values: Values): { nullCount: number; nullBitmap?: Uint8Array } {
  let nullCount = 0;
  for (const value of values) if (value === null) nullCount++;
  return nullCount === 0 ? { nullCount } : { nullCount, nullBitmap: bits(values, value => value !== null) };
}

function bits(values: Values, isSet: (value: PhysicalValue | null) => boolean): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(values.length / 8));
  for (let index = 0; index < values.length; index++) {
    if (isSet(values[index])) bytes[Math.floor(index / 8)] += 2 ** (index % 8);
  }
  return bytes;
}

function int64s(values: Values): BigInt64Array {
  const data = new BigInt64Array(values.length);
  for (let index = 0; index < values.length; index++) data[index] = values[index] as bigint ?? 0n;
  return data;
}

/** 128 bits each, two's complement, the low half first. */
function decimals(values: Values): Uint32Array {
  const halves = new BigInt64Array(values.length * 2);
  for (let index = 0; index < values.length; index++) {
    const unscaled = values[index] as bigint ?? 0n;
    halves[2 * index] = BigInt.asIntN(64, unscaled);
    halves[2 * index + 1] = BigInt.asIntN(64, unscaled / HALF - (unscaled < 0n && unscaled % HALF !== 0n ? 1n : 0n));
  }
  return new Uint32Array(halves.buffer);
}

const HALF = 2n ** 64n;

function texts(values: readonly (string | null)[]): { data: Uint8Array; valueOffsets: Int32Array } {
  const joined = values.join('');
  const data = Buffer.from(joined, 'utf8');
  // One byte for each character: the common case, and then lengths are known without encoding each text.
  if (data.length !== joined.length) return blobs(values.map(value => Buffer.from(value ?? '', 'utf8')));
  return { data, valueOffsets: offsets(values.map(value => value?.length ?? 0)) };
}

function blobs(values: readonly Uint8Array[]): { data: Uint8Array; valueOffsets: Int32Array } {
  return { data: Buffer.concat(values), valueOffsets: offsets(values.map(value => value.length)) };
}

function offsets(lengths: readonly number[]): Int32Array {
  const ends = new Int32Array(lengths.length + 1);
  for (let index = 0; index < lengths.length; index++) ends[index + 1] = ends[index] + lengths[index];
  return ends;
}
