import type { ExplainedChange, RowExplanation } from '../../operations/explain-row';
import type { Row } from '../../ports/query-engine';
import { plainTable } from './plain-table';

const VERDICTS: { readonly [verdict in ExplainedChange['verdict']]: string } = {
  current: 'the row is this change',
  absence: 'keeps the item out',
  superseded: 'superseded',
};

export function explanationText({ table, key, row, absence, changes }: RowExplanation): string {
  const shownKey = Object.entries(key).map(([name, value]) => `${name} = ${value}`).join(', ');
  return [
    `${table}, ${shownKey}`,
    row ? rowText(row) : `no row${absence ? `: ${absence._reason}` : ''}`,
    changes.length === 0 ? 'no change with this key is in Bronze' : changesText(changes),
    ...changes.flatMap(({ change }) => change._errors ? [`did not convert in ${change._event_id}: ${change._errors}`] : []),
  ].join('\n\n').concat('\n');
}

function rowText(row: Row): string {
  return plainTable(['column', 'value'], Object.entries(row).map(([name, value]) => [name, value ?? 'NULL']));
}

function changesText(changes: readonly ExplainedChange[]): string {
  return plainTable(['time (UTC)', 'event', 'definition', 'Bronze hour', 'what became of it', 'event id'], changes.map(({ verdict, change }) => [
    change._event_timestamp ?? '',
    `${change._event_name}${change._ttl_delete === 'true' ? ' (TTL)' : ''}`,
    change._epoch ?? '',
    `${change.dt} ${String(change.hr).padStart(2, '0')}h`,
    VERDICTS[verdict],
    change._event_id ?? '',
  ]));
}
