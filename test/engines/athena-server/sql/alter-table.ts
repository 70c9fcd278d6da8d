import { ExecutionFailure } from '../errors';
import { column } from './create-table';
import { tableName, trinoName, trinoTable } from './names';
import type { Reader } from './reader';
import type { Work } from './statement';
import { assertKnown, maintenanceProperties, tableProperties, trinoMap } from './table-properties';

/** The forms that Athena has for Iceberg tables; Trino's own (ADD COLUMN, SET PROPERTIES, EXECUTE, …) are malformed. */
export function alterTable(reader: Reader): () => Work {
  const table = trinoTable(tableName(reader));
  const work = action(reader, table);
  reader.end();
  return work;
}

function action(reader: Reader, table: string): () => Work {
  const run = (...sql: readonly string[]) => (): Work => ({ kind: 'run', sql });
  if (reader.tryWords('ADD', 'COLUMNS')) {
    const columns = reader.list(() => column(reader));
    // Trino takes one column at a time: a commit each, where Athena has one.
    return run(...columns.map(({ name, type }) => `ALTER TABLE ${table} ADD COLUMN ${trinoName(name)} ${type}`));
  }
  if (reader.tryWords('DROP', 'COLUMN')) return run(`ALTER TABLE ${table} DROP COLUMN ${trinoName(reader.name())}`);
  if (reader.tryWords('CHANGE')) return changed(reader, table);
  if (reader.tryWords('RENAME', 'TO')) return run(`ALTER TABLE ${table} RENAME TO ${trinoTable(tableName(reader))}`);
  if (reader.tryWords('SET', 'TBLPROPERTIES')) {
    const properties = tableProperties(reader);
    return () => {
      assertKnown(properties);
      const kept = maintenanceProperties(properties);
      return { kind: 'run', sql: Object.keys(kept).length > 0 ? [`ALTER TABLE ${table} SET PROPERTIES extra_properties = ${trinoMap(kept)}`] : [] };
    };
  }
  if (reader.tryWords('REPLACE', 'COLUMNS') || reader.tryWords('ADD', 'PARTITION') || reader.tryWords('DROP', 'PARTITION') || reader.tryWords('SET', 'LOCATION')) {
    reader.rest();
    return () => { throw new ExecutionFailure('Query type not supported by Athena Iceberg at this time', 'user', 1000); };
  }
  throw reader.unexpected(`no viable alternative at input 'ALTER TABLE ${table}'`);
}

/** `CHANGE [COLUMN] old new type`: Iceberg itself refuses what does not widen. */
function changed(reader: Reader, table: string): () => Work {
  reader.tryWords('COLUMN');
  const old = reader.name();
  const { name, type } = column(reader);
  return () => ({
    kind: 'run',
    sql: [
      ...old === name ? [] : [`ALTER TABLE ${table} RENAME COLUMN ${trinoName(old)} TO ${trinoName(name)}`],
      `ALTER TABLE ${table} ALTER COLUMN ${trinoName(name)} SET DATA TYPE ${type}`,
    ],
  });
}
