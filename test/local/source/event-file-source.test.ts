import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { EventFileSource } from '../../../lambda-src/local/source/event-file-source';
import type { DynamoDbStreamRecord } from '../../../lambda-src/local/source/stream-record';
import { StreamRecords } from '../../helpers/stream-records';
import { temporaryFolder } from '../../helpers/temporary-folder';
import { EVERY_TYPE_PIPELINE as SPEC } from '../every-type';

const folder = temporaryFolder();
const shops = new StreamRecords('prod-shops', { key: ['CountryID', 'ShopID'] });
const countries = new StreamRecords('countries', { key: ['CountryID'] });
const paris = { CountryID: { N: '33' }, ShopID: { S: 'paris' } };
const nice = { CountryID: { N: '33' }, ShopID: { S: 'nice' } };
const france = { CountryID: { N: '33' }, Label: { S: 'France' } };

function fileOf(name: string, lines: readonly unknown[]): string {
  const file = path.join(folder, name);
  writeFileSync(file, lines.map(line => typeof line === 'string' ? line : JSON.stringify(line)).join('\n'));
  return file;
}

async function play(file: string, given: ReadonlyMap<string, string> = new Map()): Promise<EventFileSource> {
  const source = await EventFileSource.open(file, SPEC, given);
  for await (const arrival of source.rounds[0].play()) expect(Object.keys(SPEC.tables)).toContain(arrival.table);
  return source;
}

describe('a file of stream records', () => {
  test('holds records and whole events, and tables are known by name or by their key', async () => {
    const source = await play(fileOf('both', [
      shops.insert(paris), '', { Records: [shops.insert(nice), countries.insert(france)] }, shops.remove(nice),
    ]));
    expect(source.tableArns).toEqual({ shops: shops.tableArn, countries: countries.tableArn });
    expect([...source.items('shops')]).toEqual([paris]);
    expect([...source.items('countries')]).toEqual([france]);
    expect(source.changes('shops')).toBe(3);
  });

  test('may hold records twice and in any order: the greatest sequence number says what an item is', async () => {
    const insert = countries.insert(france);
    const modify = countries.modify(france, { ...france, Label: { S: 'République' } });
    const source = await play(fileOf('order', [modify, insert, insert]));
    expect([...source.items('countries')]).toEqual([{ ...france, Label: { S: 'République' } }]);
    expect(source.changes('countries')).toBe(2);
  });

  test('leaves expired items in a table that keeps them', async () => {
    const source = await play(fileOf('expiry', [countries.insert(france), countries.expire(france), shops.insert(paris), shops.expire(paris)]));
    expect([...source.items('countries')]).toEqual([france]);
    expect([...source.items('shops')]).toEqual([]);
  });

  test.each<[string, unknown, string]>([
    ['no JSON', 'nonsense', ':2: this line is no complete JSON (Unexpected token'],
    ['JSON over several lines', '{\n}', ':2: this line is no complete JSON'],
    ['an array', [shops.insert(paris)], ':2: this line is a JSON array; the file must hold one stream record, or one event {"Records": […]}, a line'],
    ['no record', '7', ':2: this is no stream record'],
    ['no event name', { ...shops.insert(paris), eventName: 'UPSERT' }, ':2: eventName is "UPSERT", not INSERT, MODIFY or REMOVE'],
    ['no stream', { ...shops.insert(paris), eventSourceARN: 'arn:aws:sqs:eu-central-1:1:queue' }, ':2: eventSourceARN is "arn:aws:sqs:eu-central-1:1:queue"'],
    ['no new image', withoutImage(shops.insert(paris)), ':2: INSERT without dynamodb.NewImage'],
  ])('is refused with the line for %s', async (_, line, message) => {
    const file = fileOf('bad', [shops.insert(paris), line]);
    await expect(EventFileSource.open(file, SPEC, new Map())).rejects.toThrow(`${file}${message}`);
  });

  test('is not read for a Silver table that the pipeline does not have', async () => {
    const file = fileOf('good', [shops.insert(paris)]);
    await expect(EventFileSource.open(file, SPEC, new Map([['prod-shops', 'shop']])))
      .rejects.toThrow('--source prod-shops=shop: the pipeline has no Silver table shop; name one of countries, shops, facts');
  });

  test('needs to be told a table that neither name nor key gives away', async () => {
    const unknown = new StreamRecords('prod-other', { key: ['Other'] });
    const file = fileOf('unknown', [unknown.insert({ Other: { S: 'x' } })]);
    await expect(EventFileSource.open(file, SPEC, new Map())).rejects.toThrow('say to which with --source prod-other=TABLE, where TABLE is one of countries, shops, facts');
    const source = await play(file, new Map([['prod-other', 'facts']]));
    expect(source.tableArns).toEqual({ facts: unknown.tableArn });
  });
});

function withoutImage(record: DynamoDbStreamRecord): unknown {
  const { NewImage: _, ...dynamodb } = record.dynamodb;
  return { ...record, dynamodb };
}
