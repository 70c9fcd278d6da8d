import { BIGINT, VARCHAR } from '../../../src/expression/sql-type';
import type { SilverTable } from '../../silver/silver-table';
import { fromExport, fromStream, sameKey } from '../../silver/statements/newer';
import { and, bigint, cast, column, columnsFrom, commonTable, compare, descending, equal, isNull, item, not, or, text } from '../../sql/build';
import type { Query } from '../../sql/nodes';

/** Epoch microseconds. */
export interface TimeSpan {
  readonly from: bigint;
  readonly before: bigint;
}

/**
 * Keys that an export has no line of, though the stream's latest change of them left an item, at a time that the export covers. An
 * item that comes and goes within a window leaves no line; if the stream has lost its delete, nothing else tells of it. What a later
 * read, or a removal, of that export has answered is left out.
 */
export function untoldItems(table: SilverTable, run: string, exportId: string, { from, before }: TimeSpan, limit: number): Query {
  const eventTime = { ...column('s', '_event_timestamp'), type: BIGINT };
  const key = table.key.map(name => item(table.fromBronze('b', name), name));
  const streamed: Query = {
    kind: 'select',
    columns: [
      ...columnsFrom('b', ['_event_name', '_event_timestamp']),
      ...key,
      item({
        kind: 'row-number',
        partitionBy: table.key.map(name => column('b', name)),
        orderBy: [descending(column('b', '_sequence')), descending(column('b', '_epoch'))],
      }, '_rank'),
    ],
    from: { kind: 'bronze-run', run: { bronzeName: table.bronzeName, run }, as: 'b' },
    where: fromStream('b'),
  };
  const told: Query = {
    kind: 'select',
    distinct: true,
    columns: key,
    from: { kind: 'bronze-run', run: { bronzeName: table.bronzeName, run }, as: 'b' },
    where: and(fromExport('b'), or(...['', 'read/', 'missing/'].map(prefix =>
      ({ kind: 'like', operand: column('b', '_event_id'), pattern: text(`${prefix}${exportId}/%`) } as const)))),
  };
  return {
    kind: 'select',
    with: [{ name: 'streamed', query: streamed }, { name: 'told', query: told }],
    columns: [...columnsFrom('s', table.key), item(cast(eventTime, VARCHAR), 'streamed_at')],
    from: commonTable('streamed', 's'),
    joins: [{ type: 'left', relation: commonTable('told', 't'), on: sameKey('t', 's', table.key) }],
    where: and(
      isNull(column('t', table.key[0])),
      equal(column('s', '_rank'), bigint(1)),
      not(equal(column('s', '_event_name'), text('REMOVE'))),
      compare(eventTime, '>=', bigint(from)), compare(eventTime, '<', bigint(before)),
    ),
    limit,
  };
}
