import type { BronzeRun, Query, Statement } from './nodes';

/** The run manifests that a statement reads. */
export function bronzeRunsOf(node: Statement | Query): BronzeRun[] {
  const runs: BronzeRun[] = [];
  walk(node, value => {
    if (isBronzeRun(value)) runs.push(value.run);
  });
  return runs;
}

function walk(value: unknown, visit: (node: object) => void): void {
  if (typeof value !== 'object' || value === null) return;
  visit(value);
  for (const child of Object.values(value)) walk(child, visit);
}

function isBronzeRun(value: object): value is { readonly run: BronzeRun } {
  return 'kind' in value && value.kind === 'bronze-run';
}
