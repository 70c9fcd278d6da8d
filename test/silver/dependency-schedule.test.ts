import * as fc from 'fast-check';
import { limiter, runInOrder, type DependencyGraph } from '../../lambda-src/silver/dependency-schedule';

type Result = 'done' | 'failed' | `skipped because of ${string}`;

/** Every node may wait for nodes with a smaller number; the graph lists them in any order. */
const graphs: fc.Arbitrary<DependencyGraph> = fc.array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 10 })
  .map(nodes => nodes.map((waits, index) => [`n${index}`, index === 0 ? [] : [...new Set(waits.map(wait => `n${wait % index}`))]] as const))
  .chain(nodes => fc.shuffledSubarray(nodes, { minLength: nodes.length }))
  .map(nodes => Object.fromEntries(nodes));

async function play(graph: DependencyGraph, width: number, failing: ReadonlySet<string>, pauses: readonly number[]) {
  const begun: string[] = [];
  const ended: string[] = [];
  const problems: string[] = [];
  let running = 0;
  let widest = 0;
  const results = await runInOrder<Result>(graph, width, {
    run: async name => {
      problems.push(...graph[name].filter(dependency => !ended.includes(dependency)));
      begun.push(name);
      widest = Math.max(widest, ++running);
      for (let turn = pauses[begun.length % pauses.length]; turn > 0; turn--) await new Promise(resolve => setImmediate(resolve));
      running--;
      ended.push(name);
      return failing.has(name) ? 'failed' : 'done';
    },
    skip: (_, because) => `skipped because of ${because}`,
    endedWell: result => result === 'done',
  });
  return { results, begun, widest, problems };
}

const scenes = [graphs, fc.integer({ min: 1, max: 4 }), fc.uniqueArray(fc.nat(9).map(node => `n${node}`)), fc.array(fc.nat(4), { minLength: 1 })] as const;

describe('tables in the order of what they wait for', () => {
  test('each runs once, after all it waits for, and no more at a time than allowed', async () => {
    await fc.assert(fc.asyncProperty(...scenes, async (graph, width, failing, pauses) => {
      const { begun, widest, problems } = await play(graph, width, new Set(failing), pauses);
      expect(problems).toEqual([]);
      expect(new Set(begun).size).toBe(begun.length);
      expect(widest).toBeLessThanOrEqual(width);
    }), { numRuns: 60 });
  });

  test('a failure skips what waits for it, through any chain, and nothing else', async () => {
    await fc.assert(fc.asyncProperty(...scenes, async (graph, width, failing, pauses) => {
      const { results, begun } = await play(graph, width, new Set(failing), pauses);
      const spoilt = (name: string): boolean => failing.includes(name) || graph[name].some(spoilt);
      expect(Object.keys(results)).toEqual(Object.keys(graph));
      for (const name of Object.keys(graph)) {
        expect(begun.includes(name)).toBe(!graph[name].some(spoilt));
        if (graph[name].some(spoilt)) expect(graph[name].map(dependency => `skipped because of ${dependency}`)).toContain(results[name]);
        else expect(results[name]).toBe(failing.includes(name) ? 'failed' : 'done');
      }
    }), { numRuns: 60 });
  });
});

test('work that throws gives its place to the next', async () => {
  const limit = limiter(1);
  const failed = limit(() => Promise.reject(new Error('no')));
  const next = limit(() => Promise.resolve('yes'));
  await expect(failed).rejects.toThrow('no');
  expect(await next).toBe('yes');
});
