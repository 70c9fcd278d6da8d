import type { StageMeasurements } from '../ports/stage-measurements';
import type { RebuildReport } from './rebuild';
import type { ReplayReport } from './replay';

export function rebuildMeasurements({ tables }: RebuildReport): StageMeasurements {
  return {
    tables: Object.fromEntries(Object.entries(tables).map(([name, { changes, skipped }]) =>
      [`silver.${name}`, { changesReencoded: changes, changesNotReencoded: skipped }])),
  };
}

export function replayMeasurements(silverTable: string, { changes, skipped }: ReplayReport): StageMeasurements {
  return { tables: { [`silver.${silverTable}`]: { changesReencoded: changes, changesNotReencoded: skipped.length } } };
}
