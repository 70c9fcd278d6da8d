import { parseControl, serialiseControl } from '../../lambda-src/journal/control-state';
import { FixedClock } from '../helpers/fixed-clock';
import { controlOf, emptyProgress, slotOf } from './journal-factories';

const full = controlOf({
  holder: 'h',
  slots: { orders: slotOf(new FixedClock(), 1), customers: slotOf(new FixedClock(), 1, { queryExecutionId: 'x' }) },
  progress: { orders: emptyProgress },
  gold: { sales: { tableUuid: 'u', silverUuid: 'silver', definitionHash: 'h', consumedRun: '', windowBounds: {} } },
});

describe('the control object', () => {
  test('reads as it was written', () => {
    expect(parseControl(bytes(serialiseControl(full)))).toEqual(full);
  });

  test('is refused in a newer format, with what to do', () => {
    expect(() => parseControl(bytes(JSON.stringify({ ...full, formatVersion: 2 })))).toThrow(
      'journal/control.json has format 2, this code knows up to 1: deploy the newer version of cdk-medallion-analytics again');
  });

  test.each<[string, string, unknown]>([
    ['no format version', 'it has no format version', { ...full, formatVersion: undefined }],
    ['a list', 'it has no format version', []],
    ['a broken counter', 'rev and epoch are not both whole numbers', { ...full, epoch: -1 }],
    ['no nonce', 'nonce is not a text', { ...full, nonce: null }],
    ['a broken holder', 'holder is neither a text nor null', { ...full, holder: 5 }],
    ['no progress', 'progress is not an object', { ...full, progress: [] }],
    ['half a slot', 'slot orders is incomplete', { ...full, slots: { orders: { ...full.slots.orders, recordedAt: 'yesterday' } } }],
  ])('is refused with %s, with what to do', (_case, why, value) => {
    expect(() => parseControl(bytes(JSON.stringify(value)))).toThrow(
      `journal/control.json cannot be read (${why}): once no statement of the pipeline runs, delete journal/control.json; all of Bronze is then read again, safely`);
  });

  test('is refused when it is no JSON', () => {
    expect(() => parseControl(bytes('{"rev":'))).toThrow(/cannot be read \(.*JSON.*\): .* delete journal\/control.json/);
  });
});

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
