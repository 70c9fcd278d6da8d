import type { StageMeasurements } from '../ports/stage-measurements';
import type { BronzeReport } from './bronze';

export function bronzeMeasurements({ tables }: BronzeReport): StageMeasurements {
  return {
    tables: Object.fromEntries(Object.entries(tables).map(([bronzeName, table]) => [`bronze.${bronzeName}`, {
      changesIngested: table.records,
      bronzeFilesWritten: table.files.length,
      recordsRejected: table.rejected,
      conversionErrors: table.conversionErrors,
      sequenceAnomalies: table.sequenceAnomalies,
    }])),
  };
}
