import { callsThrough } from './port-calls';

/** Something else that happens before a call of a port is answered; nothing if it returns undefined. */
export type Interruption = (method: string, parameter: unknown) => Promise<void> | undefined;

/** The same port, into whose calls others come. */
export function interrupted<T extends object>(port: T, interruption: Interruption): T {
  return callsThrough(port, async (method, parameter, go) => {
    // What is signed is sent at once.
    if (method !== 'send') await interruption(method, parameter);
    return go();
  });
}

/** Does it once, before the n-th call that it is meant for. */
export function once(nth: number, isMeant: (method: string, parameter: unknown) => boolean, what: () => Promise<void>): Interruption {
  let calls = 0;
  return (method, parameter) => isMeant(method, parameter) && ++calls === nth ? what() : undefined;
}

/** What S3 says of a conditional write while another one of the same object is in flight. */
export async function conflict(): Promise<never> {
  throw Object.assign(new Error('The conditional request cannot succeed due to a conflicting operation against this resource.'), { name: 'ConditionalRequestConflict' });
}
