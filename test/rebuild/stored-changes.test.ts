import * as fc from 'fast-check';
import type { Change } from '../../lambda-src/bronze/change';
import { ChangeLog } from '../../lambda-src/bronze/change-log';
import { Masking } from '../../lambda-src/bronze/masking';
import { parquetFile } from '../../lambda-src/bronze/parquet/parquet-file';
import { readStreamRecord, streamOf, type StreamName } from '../../lambda-src/bronze/stream-event';
import { storedChanges } from '../../lambda-src/rebuild/stored-changes';
import { IncompatibleStateError } from '../../lambda-src/state/stored-format';
import type { ColumnType } from '../../src/spec/column-type';
import { silverTable } from '../bronze/bronze-fixture';
import { StreamRecords } from '../helpers/stream-records';

const TYPES: { readonly [name: string]: ColumnType } = {
  text: { kind: 'string' },
  amount: { kind: 'decimal', precision: 38, scale: 4 },
  count: { kind: 'bigint' },
  day: { kind: 'date' },
  data: { kind: 'binary' },
  open: { kind: 'boolean' },
};
const TABLE = silverTable('things', ['id'], {
  id: { attribute: 'Id', type: { kind: 'decimal', precision: 38, scale: 0 } },
  ...Object.fromEntries(Object.entries(TYPES).map(([name, type]) => [name, { attribute: name, type }])),
});

function records(ids: readonly bigint[]): Change[] {
  const stream = new StreamRecords('things', { key: ['Id'] });
  return ids.flatMap(id => {
    const item = { Id: { N: String(id) }, text: { S: `ü${id}` }, amount: { N: `${id % 1000n}.25` }, count: { N: '7' }, day: { S: '1969-12-30' }, data: { B: 'AQI=' }, open: { BOOL: true } };
    return [stream.insert(item), { ...stream.remove(item), dynamodb: { ...stream.remove(item).dynamodb, OldImage: undefined } }];
  }).map(record => readStreamRecord(record, streamOf(record) as StreamName) as Change);
}

test('a change that is encoded again under the same definition is the same but for its epoch, keys without an image too', () => {
  const changeLog = new ChangeLog(TABLE, new Masking({}));
  fc.assert(fc.property(fc.array(fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }), { minLength: 1, maxLength: 5 }), ids => {
    const [first, second] = [1, 2].map(epoch => records(ids).map(record => changeLog.row(record, epoch)));
    const again = storedChanges('file', changeLog.file(first as never)).map(change => changeLog.again(change, 2));
    expect(again).toEqual(second);
  }), { numRuns: 30 });
});

test('a file of a newer format is refused', () => {
  const file = (metadata: Map<string, string>) => parquetFile([{ name: 'id', type: { kind: 'varchar' }, content: 'distinct', values: ['a'] }], metadata);
  expect(() => storedChanges('bronze/x.parquet', file(new Map([['medallion.format', '99']])))).toThrow(IncompatibleStateError);
  expect(storedChanges('bronze/x.parquet', file(new Map()))[0].column('id')).toBe('a');
});
