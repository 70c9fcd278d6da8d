import type { Check } from './check';

/** Dimensions come before the facts that use them, so joins must have an order. */
export const checkEnrichmentCycles: Check = ({ declaration }) => {
  const targets = (name: string): string[] => declaration.tables[name].enrichments
    .map(enrichment => enrichment.table)
    .filter(target => target !== name && Object.hasOwn(declaration.tables, target));
  const reported = new Set<string>();
  return Object.keys(declaration.tables).sort().flatMap(start => {
    const cycle = reported.has(start) ? undefined : pathBack(start, targets);
    if (!cycle) return [];
    cycle.forEach(name => reported.add(name));
    return [{
      path: `tables.${start}.enrichments`,
      what: 'the joins form a cycle',
      value: cycle.join(' -> '),
      fix: 'leave one of them out',
    }];
  });
};

/** The shortest way from a table back to itself. */
function pathBack(start: string, targets: (name: string) => readonly string[]): string[] | undefined {
  const seen = new Set<string>();
  let paths = [[start]];
  while (paths.length > 0) {
    const next: string[][] = [];
    for (const path of paths) {
      for (const target of targets(path[path.length - 1])) {
        if (target === start) return [...path, start];
        if (!seen.has(target)) next.push([...path, target]);
        seen.add(target);
      }
    }
    paths = next;
  }
  return undefined;
}
