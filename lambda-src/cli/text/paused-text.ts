import type { Paused } from '../../operations/pause';
import { plainTable } from './plain-table';

export function pausedText(all: readonly Paused[]): string {
  const advice = all.flatMap(one => one.advice === undefined ? [] : [`! ${titleOf(one)}: ${one.advice}`]);
  return [pausedTable(all), ...advice].join('\n').concat('\n');
}

export function pausedTable(all: readonly Paused[]): string {
  return plainTable(['what', 'state', 'paused since (UTC)', 'by'], all.map(one => [titleOf(one), one.state, one.since?.toISOString() ?? '', one.by ?? '']));
}

/** `stream of orders`, `schedule of silver`. */
export function titleOf({ kind, name }: Pick<Paused, 'kind' | 'name'>): string {
  return `${kind === 'tables' ? 'stream' : 'schedule'} of ${name}`;
}
