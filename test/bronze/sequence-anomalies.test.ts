import * as fc from 'fast-check';
import { sequenceAnomalies, type PlacedChange } from '../../lambda-src/bronze/sequence-anomalies';

const change = fc.record({
  key: fc.constantFrom('a', 'b', 'c'),
  sequence: fc.integer({ min: 100, max: 999 }).map(String),
  time: fc.bigInt({ min: 0n, max: 20n }),
});
const changes = fc.uniqueArray(change, { selector: ({ sequence }) => sequence, maxLength: 30 });

function isAnomaly({ key, sequence, time }: PlacedChange, all: readonly PlacedChange[]): boolean {
  return all.some(other => other.key === key && other.sequence < sequence && other.time > time);
}

test('a change is an anomaly if and only if an earlier one of its item is later by the clock', () => {
  fc.assert(fc.property(changes, all => {
    expect(sequenceAnomalies(all)).toBe(all.filter(one => isAnomaly(one, all)).length);
  }));
});

test('neither the order of delivery nor a second delivery is one', () => {
  fc.assert(fc.property(changes, fc.nat(), (all, turn) => {
    const turned = [...all.slice(turn % (all.length + 1)), ...all.slice(0, turn % (all.length + 1))];
    expect(sequenceAnomalies(turned)).toBe(sequenceAnomalies(all));
    const ordered = all.map(one => ({ ...one, time: BigInt(one.sequence) }));
    expect(sequenceAnomalies([...ordered, ...ordered])).toBe(0);
  }));
});

test('changes within one second are none: the stream tells no more', () => {
  expect(sequenceAnomalies([{ key: 'a', sequence: '1', time: 5n }, { key: 'a', sequence: '2', time: 5n }])).toBe(0);
});
