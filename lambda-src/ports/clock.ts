/** Time as the pipeline sees it; tests and the local runner bring their own. */
export interface Clock {
  now(): Date;
  sleep(milliseconds: number): Promise<void>;
}

/** How long this invocation may still run, in milliseconds; Infinity on a laptop. */
export type TimeLeft = () => number;
