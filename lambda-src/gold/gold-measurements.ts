import type { StageMeasurements } from '../ports/stage-measurements';
import type { GoldReport } from './gold-report';

export function goldMeasurements({ tables, announced }: GoldReport): StageMeasurements {
  return {
    stage: { announcementsFailed: Number(announced.error !== undefined) },
    tables: Object.fromEntries(Object.entries(tables).map(([name, { state, bytesScanned }]) => [`gold.${name}`, {
      tablesRefreshed: Number(state === 'refreshed'),
      bytesScanned,
      tablesFailed: Number(state === 'failed'),
      tablesParked: Number(state === 'parked'),
    }])),
  };
}
