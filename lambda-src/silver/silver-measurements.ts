import type { Named, PipelineSpec, SilverTableSpec } from '../../src/spec/pipeline-spec';
import type { StageMeasurements } from '../ports/stage-measurements';
import type { SilverReport } from './silver-report';

export function silverMeasurements(spec: PipelineSpec, { tables, failedBatches, hoursPaused }: SilverReport): StageMeasurements {
  return {
    stage: { failedBatches, hoursPaused },
    tables: Object.fromEntries(Object.entries(tables).map(([name, { inspection, ...table }]) => {
      const broken = (action: Action): number => violations(spec.tables[name], action, inspection.violations);
      return [`silver.${name}`, {
        freshness: table.lag,
        itemsMerged: inspection.keys,
        bronzeFilesRead: table.files,
        itemsQuarantined: broken('quarantine'),
        itemsDropped: broken('drop'),
        expectationWarnings: broken('warn'),
        unmatchedLookups: sum(Object.values(inspection.unmatched)),
        poisonedFiles: table.unreadable,
        bytesScanned: table.bytesScanned,
        tablesFailed: Number(table.state === 'failed'),
        tablesParked: Number(table.state === 'parked'),
      }];
    })),
  };
}

type Action = SilverTableSpec['expectations'][string]['action'];

function violations({ expectations }: SilverTableSpec, wanted: Action, counts: Named<number>): number {
  return sum(Object.entries(expectations).map(([rule, { action }]) => action === wanted ? counts[rule] ?? 0 : 0));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
