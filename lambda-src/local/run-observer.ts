/** Told how a run gets on; a console shows it. */
export interface RunObserver {
  /** A step begins; `size` is how much there is to do, about. */
  begin(title: string, size: number): Step;
}

/** Tells nobody. */
export const SILENT: RunObserver = { begin: () => ({ advance: () => undefined, end: () => undefined }) };

export interface Step {
  advance(done: number): void;
  end(summary: string): void;
}
