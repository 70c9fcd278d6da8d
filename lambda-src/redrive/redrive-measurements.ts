import type { StageMeasurements } from '../ports/stage-measurements';
import type { RedriveReport } from './redrive-report';

export function redriveMeasurements({ tables, filesLeft }: RedriveReport): StageMeasurements {
  return {
    stage: { setAsideFilesLeft: filesLeft },
    tables: Object.fromEntries(Object.entries(tables).map(([bronzeName, { changes }]) => [`bronze.${bronzeName}`, { changesRedriven: changes }])),
  };
}
