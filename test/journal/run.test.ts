import * as fc from 'fast-check';
import { epochOfRun, formatRun } from '../../lambda-src/journal/run';

const epochs = fc.integer({ min: 0, max: 999_999_999_999 });
const chunks = fc.integer({ min: 0, max: 9999 });

describe('a run number', () => {
  test('is the epoch and the chunk, padded', () => {
    expect(formatRun(12, 1)).toBe('000000000012.0001');
  });

  test('sorts as text as it does in time', () => {
    fc.assert(fc.property(epochs, chunks, epochs, chunks, (epoch, chunk, otherEpoch, otherChunk) => {
      const isEarlier = epoch < otherEpoch || (epoch === otherEpoch && chunk < otherChunk);
      expect(formatRun(epoch, chunk) < formatRun(otherEpoch, otherChunk)).toBe(isEarlier);
    }));
  });

  test('says its epoch', () => {
    fc.assert(fc.property(epochs, chunks, (epoch, chunk) => expect(epochOfRun(formatRun(epoch, chunk))).toBe(epoch)));
  });

  test.each([[-1, 1], [1.5, 1], [1e12, 1], [1, 10_000]])('refuses epoch %p with chunk %p', (epoch, chunk) => {
    expect(() => formatRun(epoch, chunk)).toThrow(/is not a whole number of at most/);
  });

  test('is not read from anything else', () => {
    expect(() => epochOfRun('12')).toThrow("'12' is not a run: expected 12 digits, a dot and 4 digits, as in '000000000012.0001'");
  });
});
