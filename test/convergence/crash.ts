import { callsThrough } from '../helpers/port-calls';

/** The process dies. */
export class Crash extends Error {
  public readonly name = 'Crash';
}

/** Lets a number of port calls through, then dies before or after the next one; from then on nothing is answered any more. */
export class Fuse {
  private calls = 0;

  public constructor(private readonly blowsAt: number | undefined, private readonly moment: 'before' | 'after') {}

  public get blown(): boolean {
    return this.blowsAt !== undefined && this.calls >= this.blowsAt;
  }

  public async through<T>(call: () => Promise<T>): Promise<T> {
    if (this.blown) throw new Crash();
    this.calls++;
    if (!this.blown) return call();
    if (this.moment === 'after') await call();
    throw new Crash();
  }
}

/** The same port, every one of whose promises goes through the fuse. */
export function fused<T extends object>(port: T, fuse: Fuse): T {
  return callsThrough(port, (method, _, go) => method === 'list' ? go() : fuse.through(go));
}
