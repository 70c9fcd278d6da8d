import type { StageMeasurements } from '../ports/stage-measurements';
import type { MaintenanceReport } from './maintenance-report';

export function maintenanceMeasurements({ tables }: MaintenanceReport): StageMeasurements {
  return {
    tables: Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, {
      upkeepStatements: table.statements,
      bytesScanned: table.bytesScanned,
      rowsPruned: table.absentEntriesPruned + table.ledgerRowsPruned,
      objectsPruned: table.manifestsPruned + table.tableVersionsPruned,
      filesHealed: table.healedFiles.length,
      tablesFailed: Number(table.state === 'failed'),
      tablesParked: Number(table.state === 'parked'),
    }])),
  };
}
