import * as arrow from 'apache-arrow';
import { Compression, EnabledStatistics, Table as WasmTable, WriterPropertiesBuilder, writeParquet } from 'parquet-wasm/node';
import type { SqlType } from '../../../src/expression/sql-type';
import type { PhysicalValue } from '../convert/converter';
import { columnData } from './column-data';

export interface ParquetColumn {
  readonly name: string;
  readonly type: SqlType;
  /** `distinct` values are stored without a dictionary, `opaque` ones without statistics too: both would only cost. */
  readonly content: 'repeating' | 'distinct' | 'opaque';
  readonly values: readonly (PhysicalValue | null)[];
}

/** The columns as one Parquet file, snappy; all have the same length. */
export function parquetFile(columns: readonly ParquetColumn[], metadata: ReadonlyMap<string, string>): Uint8Array {
  const table = WasmTable.fromIPCStream(arrow.tableToIPC(arrowTable(columns), 'stream'));
  // Both the table and the properties are consumed: their memory is free again after this.
  return writeParquet(table, writerProperties(columns, metadata).build());
}

function arrowTable(columns: readonly ParquetColumn[]): arrow.Table {
  const children = columns.map(column => columnData(column.type, column.values));
  const schema = new arrow.Schema(columns.map((column, index) => new arrow.Field(column.name, children[index].type, true)));
  const data = arrow.makeData({ type: new arrow.Struct(schema.fields), length: columns[0].values.length, nullCount: 0, children });
  return new arrow.Table(schema, new arrow.RecordBatch(schema, data));
}

function writerProperties(columns: readonly ParquetColumn[], metadata: ReadonlyMap<string, string>): WriterPropertiesBuilder {
  let properties = new WriterPropertiesBuilder().setCompression(Compression.SNAPPY).setKeyValueMetadata(new Map(metadata));
  for (const column of columns) {
    if (column.content !== 'repeating') properties = properties.setColumnDictionaryEnabled(column.name, false);
    if (column.content === 'opaque') properties = properties.setColumnStatisticsEnabled(column.name, EnabledStatistics.None);
  }
  return properties;
}
