const MODULUS = 2147483647;

/** Park and Miller's generator: the same seed, the same schedule. */
export class Random {
  private state: number;

  public constructor(seed: number) {
    this.state = (seed * 7919 + 12345) % (MODULUS - 1) + 1;
    for (let round = 0; round < 5; round++) this.next();
  }

  /** In [0, 1). */
  public next(): number {
    this.state = this.state * 48271 % MODULUS;
    return (this.state - 1) / (MODULUS - 1);
  }

  public between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  public chance(probability: number): boolean {
    return this.next() < probability;
  }

  public pick<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.next() * choices.length)];
  }
}
