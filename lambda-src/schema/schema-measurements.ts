import type { StageMeasurements } from '../ports/stage-measurements';
import type { SchemaReport } from './schema';

export function schemaMeasurements({ created, extended }: SchemaReport): StageMeasurements {
  return { tables: Object.fromEntries([...created, ...extended].map(table => [table, { tablesCreated: 1 }])) };
}
