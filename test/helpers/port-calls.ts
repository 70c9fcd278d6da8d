/** Comes between whoever calls a port and its answer; `go` makes the call. */
export type Between = (method: string, parameter: unknown, go: () => Promise<unknown>) => Promise<unknown>;

/** The same port, with something between each call that is waited for, those of what `sign` returns too. Of a list, it is the beginning. */
export function callsThrough<T extends object>(port: T, between: Between): T {
  return new Proxy(port, {
    get: (target, property) => {
      const value: unknown = Reflect.get(target, property);
      if (typeof value !== 'function') return value;
      const method = value.bind(target) as (...parameters: unknown[]) => unknown;
      const name = String(property);
      if (name === 'list') {
        return async function* (...parameters: unknown[]) {
          await between(name, parameters[0], async () => undefined);
          yield* method(...parameters) as AsyncIterable<unknown>;
        };
      }
      if (!ASYNCHRONOUS.has(name)) return method;
      return async (...parameters: unknown[]) => {
        const result = await between(name, parameters[0], async () => method(...parameters));
        return name === 'sign' ? callsThrough(result as object, between) : result;
      };
    },
  });
}

const ASYNCHRONOUS: ReadonlySet<string> = new Set([
  'get', 'put', 'delete', 'prepare', 'sign', 'send', 'status', 'query', 'describe', 'open', 'recoverableFrom', 'start', 'read',
]);
