/** Nodes of a graph without cycles, and what each waits for. */
export interface DependencyGraph {
  readonly [name: string]: readonly string[];
}

/**
 * Runs every node after what it depends on, at most `width` at a time. A node whose dependency did not end well is passed to
 * `skip` instead. The order of the results is the graph's.
 */
export async function runInOrder<T>(
  graph: DependencyGraph,
  width: number,
  work: { run(name: string): Promise<T>; skip(name: string, because: string): T; endedWell(result: T): boolean },
): Promise<{ readonly [name: string]: T }> {
  const results = new Map<string, Promise<T>>();
  const limit = limiter(width);
  const resultOf = (name: string): Promise<T> => {
    const known = results.get(name);
    if (known) return known;
    const result = (async () => {
      for (const dependency of graph[name]) {
        if (!work.endedWell(await resultOf(dependency))) return work.skip(name, dependency);
      }
      return limit(() => work.run(name));
    })();
    results.set(name, result);
    return result;
  };
  const names = Object.keys(graph);
  const all = await Promise.all(names.map(resultOf));
  return Object.fromEntries(names.map((name, index) => [name, all[index]]));
}

/** Lets at most `width` pieces of work run at once; the others wait their turn. */
export function limiter(width: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async work => {
    if (running >= width) await new Promise<void>(resolve => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
