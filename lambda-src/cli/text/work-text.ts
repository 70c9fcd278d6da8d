import { isFirstLoad } from '../../backfill/first-load';
import type { PipelineStatus } from '../../operations/pipeline-status';
import type { BackfillStatus } from '../../operations/work-under-way';
import { plainTable } from './plain-table';

/** In seconds. An export may take longer, and its state then stays as it is; one that waits for nothing goes on within minutes. */
const LONGEST_SILENCE = 6 * 60 * 60;

/** Tables of what goes on beside the stages; none where nothing does. */
export function workTexts({ rebuilds, backfills }: Pick<PipelineStatus, 'rebuilds' | 'backfills'>): string[] {
  const rebuilt = Object.entries(rebuilds).map(([table, { state, filesRead, changes, skipped }]) =>
    [table, state, ...[filesRead, changes, skipped].map(countText)]);
  const loaded = backfills.map(({ table, id, kind, phase, export: part, files, rows, settled, removed }) =>
    [table, id, kind, phase, part, files, ...[rows, settled, removed].map(countText)]);
  return [
    ...rebuilt.length === 0 ? [] : [
      plainTable(['changed definition of', 'state', 'files read', 'changes', 'left out'], rebuilt, ['left', 'left', 'right', 'right', 'right']),
    ],
    ...loaded.length === 0 ? [] : [
      plainTable(['load into', 'id', 'kind', 'phase', 'export', 'files', 'rows', 'settled', 'removed'], loaded,
        ['left', 'left', 'left', 'left', 'right', 'right', 'right', 'right', 'right']),
    ],
  ];
}

/** What of it somebody should look at. */
export function workAttention(
  { rebuilds, backfills }: Pick<PipelineStatus, 'rebuilds' | 'backfills'>, command: (words: string) => string,
): string[] {
  return [
    ...Object.entries(rebuilds).filter(([, { skipped }]) => skipped > 0).map(([table, { skipped }]) =>
      `${skipped} files or changes of ${table} could not be encoded under its changed definition and stay as the former one had them`),
    ...backfills.filter(({ phase, silentSeconds }) => phase !== 'done' && silentSeconds > LONGEST_SILENCE).map(backfill =>
      `the load ${backfill.id} has not gone on since ${backfill.updatedAt}; if no execution is at it any more: ${continuing(backfill, command)}`),
    ...backfills.filter(({ rejected }) => rejected > 0).map(({ id, rejected }) => `${rejected} lines of the export of ${id} could not be read; they are in rejected/`),
  ];
}

/** The id is made of the execution's name and the table's; that of a first load is no execution's. */
function continuing({ id, table, kind }: BackfillStatus, command: (words: string) => string): string {
  if (isFirstLoad(id, table)) return 'start the backfill\'s state machine with the input \'{"kind": "missed"}\'';
  const execution = id.endsWith(`-${table}`) ? id.slice(0, -table.length - 1) : id;
  return command(`${kind === 'repair' ? 'repair' : 'backfill'} --table ${table} --continue ${execution}`);
}

function countText(count: number): string {
  return count.toLocaleString('en-US');
}
