import type { ControlState, Slot } from './control-state';
import { DROP_AFTER, SUBMIT_WITHIN } from './limits';

/** May be applied again after a write whose outcome was unknown, so twice must be the same as once. */
export type Change = (state: ControlState) => ControlState;

export const unchanged: Change = state => state;

/** The statements in flight stay: they outlive their holder. */
export function acquired(holder: string, servedAt: Date): Change {
  return state => ({
    ...state,
    holder,
    epoch: state.epoch + 1,
    slots: Object.fromEntries(Object.entries(state.slots).filter(([, slot]) => !isOver(slot, servedAt))),
  });
}

export const released: Change = state => ({ ...state, holder: null });

export function recorded(name: string, slot: Slot): Change {
  return state => ({ ...state, slots: { ...state.slots, [name]: slot } });
}

export function answered(name: string, token: string, queryExecutionId: string): Change {
  return state => {
    const slot = state.slots[name];
    return slot?.token === token ? { ...state, slots: { ...state.slots, [name]: { ...slot, queryExecutionId } } } : state;
  };
}

export function emptied(name: string, token: string): Change {
  return state => {
    const { [name]: slot, ...others } = state.slots;
    return slot?.token === token ? { ...state, slots: others } : state;
  };
}

/** The same token within this time is the same execution; later the engine may have forgotten it. */
export function maySubmit(slot: Slot, servedAt: Date): boolean {
  return !slot.queryExecutionId && age(slot, servedAt) < SUBMIT_WITHIN;
}

/** Without an execution id, and so old that it can neither start nor run any more. */
function isOver(slot: Slot, servedAt: Date): boolean {
  return !slot.queryExecutionId && age(slot, servedAt) >= (slot.dropAfter ?? DROP_AFTER);
}

function age(slot: Slot, servedAt: Date): number {
  return servedAt.getTime() - Date.parse(slot.recordedAt);
}
