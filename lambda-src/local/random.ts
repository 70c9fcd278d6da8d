const MODULUS = 2 ** 31 - 1;
const MULTIPLIER = 48_271;
/** Numbers drawn from neighbouring seeds begin alike. */
const SKIPPED = 20;

/** Numbers that look random and are the same for the same seed, on every machine (the minimal standard generator). */
export class Random {
  private state: number;

  public constructor(seed: number) {
    this.state = seed % (MODULUS - 1) + 1;
    for (let skipped = 0; skipped < SKIPPED; skipped++) this.next();
  }

  /** At least 0, less than 1. */
  public next(): number {
    this.state = this.state * MULTIPLIER % MODULUS;
    return (this.state - 1) / (MODULUS - 1);
  }

  /** A whole number from `low` to `high`, both included. */
  public integer(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  public chance(probability: number): boolean {
    return this.next() < probability;
  }

  public pick<T>(values: readonly T[]): T {
    return values[this.integer(0, values.length - 1)];
  }
}
