import { parseControl, emptyControl, serialiseControl } from '../../lambda-src/journal/control-state';
import { readRebuild } from '../../lambda-src/rebuild/rebuild-state';
import { DEPLOYMENT_VERSION, parseDeployment } from '../../lambda-src/schema/deployment';
import { IncompatibleStateError, requireKnownFormat } from '../../lambda-src/state/stored-format';
import { MemoryObjectStore } from '../helpers/memory-object-store';

const SENTENCE = /has format 99, this code knows up to \d+: deploy the newer version of cdk-medallion-analytics again$/;

function stored(value: object) {
  return { body: new TextEncoder().encode(JSON.stringify(value)), etag: '"1"', lastModified: new Date(), servedAt: new Date() };
}

describe('state that a newer version has written is refused, and the message says what to do', () => {
  test.each<[string, () => unknown]>([
    ['the journal', () => parseControl(stored({ ...JSON.parse(serialiseControl(emptyControl(1))), formatVersion: 99 }).body)],
    ['the deploy record', () => parseDeployment(stored({ formatVersion: 99, sources: {}, definitions: {} }))],
  ])('%s', (_, read) => {
    expect(read).toThrow(IncompatibleStateError);
    expect(read).toThrow(SENTENCE);
  });
});

test('the state of a rebuild too', async () => {
  const store = new MemoryObjectStore();
  await store.put('rebuilds/orders.json', JSON.stringify({ formatVersion: 99 }));
  await expect(readRebuild(store, 'orders')).rejects.toThrow(SENTENCE);
});

test('what has no version is of no known format', () => {
  expect(() => requireKnownFormat('x', undefined, 1)).toThrow('x has format none');
});

test('the present format and every older one are known', () => {
  for (let version = 1; version <= DEPLOYMENT_VERSION; version++) expect(() => requireKnownFormat('x', version, DEPLOYMENT_VERSION)).not.toThrow();
});
