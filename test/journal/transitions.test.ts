import type { Slot } from '../../lambda-src/journal/control-state';
import { DROP_OPTIMIZE_AFTER } from '../../lambda-src/journal/limits';
import { acquired, answered, emptied, maySubmit, recorded, released, type Change } from '../../lambda-src/journal/transitions';
import { FixedClock } from '../helpers/fixed-clock';
import { controlOf, slotOf } from './journal-factories';

const clock = new FixedClock();
const slot = slotOf(clock, 1);
const state = controlOf({ holder: 'h', slots: { orders: slot, customers: slotOf(clock, 2, { token: 'another' }) } });

describe('a change of the control state', () => {
  test.each<[string, Change]>([
    ['released', released],
    ['recorded', recorded('products', slot)],
    ['answered', answered('orders', slot.token, 'x')],
    ['emptied', emptied('orders', slot.token)],
  ])('%s twice is the same as once, and the others stay as they are', (_name, change) => {
    const once = change(state);
    expect(once).not.toEqual(state);
    expect(change(once)).toEqual(once);
    expect(once.slots.customers).toEqual(state.slots.customers);
  });

  test('leaves a slot alone that holds another statement by now', () => {
    expect(answered('orders', 'an-older-token', 'x')(state)).toEqual(state);
    expect(emptied('orders', 'an-older-token')(state)).toEqual(state);
  });
});

describe('a recorded statement without an execution id', () => {
  test.each<[number, boolean, boolean]>([[0, true, true], [29.9, true, true], [30, false, true], [89.9, false, true], [90, false, false]])(
    'of %p minutes: may be submitted again %p, is kept %p', (minutes, submittable, kept) => {
      const recordedSlot = slotOf(clock, minutes);
      expect(maySubmit(recordedSlot, clock.now())).toBe(submittable);
      expect(isKept(recordedSlot)).toBe(kept);
    });

  test.each([[659.9, true], [660, false]])('of OPTIMIZE and %p minutes is kept %p', (minutes, kept) => {
    expect(isKept(slotOf(clock, minutes, { dropAfter: DROP_OPTIMIZE_AFTER }))).toBe(kept);
  });

  test('with an execution id it is kept for ever, and never submitted', () => {
    const known = slotOf(clock, 10_000, { queryExecutionId: 'x' });
    expect(maySubmit(known, clock.now())).toBe(false);
    expect(isKept(known)).toBe(true);
  });
});

function isKept(occupant: Slot): boolean {
  return 'orders' in acquired('h', clock.now())(controlOf({ slots: { orders: occupant } })).slots;
}
