import type { SqlType } from '../../src/expression/sql-type';
import { bronzePhysicalType } from '../../src/spec/bronze-columns';
import type { SilverTableSpec } from '../../src/spec/pipeline-spec';
import { BRONZE_SYSTEM_COLUMNS } from '../../src/spec/system-columns';
import { BRONZE_FORMAT_KEY, BRONZE_FORMAT_VERSION } from './bronze-format';
import type { Change, Image } from './change';
import { ownProperty } from './convert/attribute';
import { converterOf, type Converter, type PhysicalValue } from './convert/converter';
import { Misfit } from './convert/misfit';
import type { Masking } from './masking';
import { parquetFile, type ParquetColumn } from './parquet/parquet-file';
import type { PlacedChange } from './sequence-anomalies';
import { Rejection } from './stream-event';

/** One change as Bronze stores it: declared columns in the order of the definition, then what the system adds. */
export interface ChangeRow {
  readonly eventId: string;
  readonly declared: readonly (PhysicalValue | null)[];
  readonly system: SystemValues;
  /** Declared columns that did not convert. */
  readonly conversionErrors: number;
}

export type SystemValues = { readonly [name in keyof typeof BRONZE_SYSTEM_COLUMNS]: PhysicalValue | null };

/** A change as an older definition has left it in a Bronze file. */
export interface StoredChange {
  readonly system: SystemValues;
  /** The value of any other column, null if the file has none. */
  column(name: string): PhysicalValue | null;
}

interface Column {
  readonly name: string;
  readonly attribute: string;
  readonly isKey: boolean;
  readonly type: SqlType;
  readonly convert: Converter;
}

/** The change log of one table under its present definition: turns changes into rows, and rows into columns. */
export class ChangeLog {
  private readonly columns: readonly Column[];

  /** @param masking is applied to every change: whoever writes to the lake goes through here. */
  public constructor(table: SilverTableSpec, private readonly masking: Masking) {
    this.columns = Object.entries(table.columns).map(([name, { attribute, type }]) => ({
      name, attribute, isKey: table.key.includes(name), type: bronzePhysicalType(type), convert: converterOf(type),
    }));
  }

  public row(clear: Change, epoch: number): ChangeRow | Rejection {
    const record = masked(clear, this.masking);
    return this.encoded(
      record.eventId, column => column.convert(this.attributeOf(record, column)), errors => systemValues(record, errors, epoch),
    );
  }

  /** A change that is in Bronze already, from its image. All that the system said of it stays, but the epoch and what does not convert. */
  public again(change: StoredChange, epoch: number): ChangeRow | Rejection {
    const { _event_id: eventId, _event_name: eventName } = change.system;
    // What is private may have become so only now.
    const [newImage, oldImage] = [this.imageOf(change.system._new_image), this.imageOf(change.system._old_image)];
    const images = { _new_image: textOf(newImage), _old_image: textOf(oldImage) };
    return this.encoded(
      String(eventId),
      column => {
        const image = column.isKey ? newImage ?? oldImage : eventName === 'REMOVE' ? undefined : newImage;
        const attribute = image && ownProperty(image, column.attribute);
        // A removal may have no image; the key column itself never changes its meaning.
        return column.isKey && attribute === undefined ? change.column(column.name) : column.convert(attribute);
      },
      errors => ({ ...change.system, ...images, _errors: errors, _epoch: BigInt(epoch) }),
    );
  }

  /** The rows as a Bronze file. */
  public file(rows: readonly ChangeRow[]): Uint8Array {
    return parquetFile(this.parquetColumns(rows), new Map([[BRONZE_FORMAT_KEY, String(BRONZE_FORMAT_VERSION)]]));
  }

  private imageOf(text: PhysicalValue | null): Image | undefined {
    return typeof text === 'string' ? this.masking.image(JSON.parse(text) as Image) : undefined;
  }

  private encoded(
    eventId: string, valueOf: (column: Column) => ReturnType<Converter>, system: (errors: string | null) => SystemValues,
  ): ChangeRow | Rejection {
    const errors: { [column: string]: string } = {};
    const declared: (PhysicalValue | null)[] = [];
    for (const column of this.columns) {
      const value = valueOf(column);
      if (column.isKey && (value === null || value instanceof Misfit)) return keyRejection(column, value);
      if (value instanceof Misfit) errors[column.name] = value.reason;
      declared.push(value instanceof Misfit ? null : value);
    }
    const conversionErrors = Object.keys(errors).length;
    const errorText = conversionErrors === 0 ? null : JSON.stringify(errors);
    return { eventId, declared, system: system(errorText), conversionErrors };
  }

  public place({ declared, system }: ChangeRow): PlacedChange {
    const key = this.columns.flatMap(({ isKey }, index) => isKey ? [String(declared[index])] : []);
    return { key: JSON.stringify(key), sequence: String(system._sequence), time: system._event_timestamp as bigint };
  }

  private parquetColumns(rows: readonly ChangeRow[]): ParquetColumn[] {
    const declared = this.columns.map((column, index): ParquetColumn => ({
      name: column.name,
      type: column.type,
      content: column.isKey ? 'distinct' : 'repeating',
      values: rows.map(row => row.declared[index]),
    }));
    const system = SYSTEM_COLUMN_NAMES.map((name): ParquetColumn => ({
      name,
      type: BRONZE_SYSTEM_COLUMNS[name],
      content: SYSTEM_CONTENT[name],
      values: rows.map(row => row.system[name]),
    }));
    return [...declared, ...system];
  }

  private attributeOf(record: Change, column: Column): unknown {
    const image = column.isKey ? record.keys : record.eventName === 'REMOVE' ? undefined : record.newImage;
    return image && ownProperty(image, column.attribute);
  }
}

const SYSTEM_COLUMN_NAMES = Object.keys(BRONZE_SYSTEM_COLUMNS) as (keyof SystemValues)[];

const SYSTEM_CONTENT: { readonly [name in keyof SystemValues]: ParquetColumn['content'] } = {
  _event_name: 'repeating',
  _event_timestamp: 'repeating',
  _table_name: 'repeating',
  _event_id: 'distinct',
  _sequence: 'distinct',
  _ttl_delete: 'repeating',
  _new_image: 'opaque',
  _old_image: 'opaque',
  _errors: 'repeating',
  _epoch: 'repeating',
};

function systemValues(record: Change, errors: string | null, epoch: number): SystemValues {
  return {
    _event_name: record.eventName,
    _event_timestamp: record.time,
    _table_name: record.tableName,
    _event_id: record.eventId,
    _sequence: record.sequence,
    _ttl_delete: record.isTtlDelete,
    _new_image: textOf(record.newImage),
    _old_image: textOf(record.oldImage),
    _errors: errors,
    _epoch: BigInt(epoch),
  };
}

function masked(record: Change, masking: Masking): Change {
  return {
    ...record,
    keys: masking.image(record.keys),
    newImage: record.newImage && masking.image(record.newImage),
    oldImage: record.oldImage && masking.image(record.oldImage),
  };
}

function textOf(image: Image | undefined): string | null {
  return image ? JSON.stringify(image) : null;
}

function keyRejection(column: Column, value: null | Misfit): Rejection {
  const problem = value === null ? `attribute ${column.attribute} is missing from the item's keys` : value.reason;
  return new Rejection(`key column ${column.name}: ${problem}`);
}
