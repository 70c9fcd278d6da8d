import { columnsThatPlaceARow } from '../../src/spec/gold-columns-used';
import type { ControlState, SilverProgress } from '../journal/control-state';
import type { SilverTable } from './silver-table';

/** Of which columns this code's runs note old and new values: the key, and what Gold tables group or filter by. */
export function ledgerColumns({ key, tracked }: SilverTable): string[] {
  return tracked ? [...key, ...Object.keys(tracked)] : [];
}

/** Whether the last run went by other Gold tables than this code. */
export function isNotedOtherwise({ ledgerColumns: noted }: SilverProgress, table: SilverTable): boolean {
  return noted?.join() !== ledgerColumns(table).join();
}

/**
 * Before the first run that notes other columns, and after the last statement of those before: Gold tables that need what those did
 * not note are computed in full next time. One that has been already may have missed what was in flight then.
 */
export function notedAnew(state: ControlState, table: SilverTable): ControlState {
  const progress = state.progress[table.name];
  const noted = new Set(progress.ledgerColumns);
  const kept = Object.entries(state.gold).filter(([name]) => {
    const gold = table.spec.gold[name];
    return gold?.silverTable !== table.name || (noted.size > 0 && columnsThatPlaceARow(gold).every(column => noted.has(column)));
  });
  return {
    ...state,
    gold: Object.fromEntries(kept),
    progress: { ...state.progress, [table.name]: { ...progress, ledgerColumns: ledgerColumns(table) } },
  };
}
