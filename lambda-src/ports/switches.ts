/** Things that go by themselves and can be switched off, by id: event source mappings, schedules. */
export interface Switches {
  /** Undefined if there is no such thing. Throws when there is no answer. */
  look(id: string): Promise<Switch | undefined>;
  /** Asks for it; the change may take a while. A thing in the state that is asked for stays as it is. */
  turn(id: string, to: 'on' | 'off'): Promise<void>;
}

export interface Switch {
  /** `turning`: it is on its way to another state and takes no orders. */
  readonly state: 'on' | 'off' | 'turning';
  /** When it was last changed, in whatever way. */
  readonly changedAt: Date;
}
