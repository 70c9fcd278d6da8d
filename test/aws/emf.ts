/** A document of the embedded metric format, as CloudWatch reads it out of a log. */
export interface EmfDocument {
  readonly namespace: string;
  readonly dimensions: { readonly [dimension: string]: string };
  /** Metric to its value and unit. */
  readonly metrics: { readonly [metric: string]: readonly [value: number, unit: string] };
}

/** What `work` sends as metrics, read by the rules of the format: names in `_aws`, values beside it. */
export async function emittedBy(work: () => unknown): Promise<EmfDocument[]> {
  const written: string[] = [];
  const spy = jest.spyOn(process.stdout, 'write').mockImplementation(text => written.push(String(text)) > 0);
  try {
    await work();
  } finally {
    spy.mockRestore();
  }
  return emfIn(written.join(''));
}

export function emfIn(log: string): EmfDocument[] {
  return log.split('\n').filter(line => line !== '').map(line => JSON.parse(line) as { readonly [name: string]: unknown })
    .filter(line => '_aws' in line).map(document);
}

function document(line: { readonly [name: string]: unknown }): EmfDocument {
  const { CloudWatchMetrics: [directive] } = line._aws as { readonly CloudWatchMetrics: readonly Directive[] };
  const [dimensions] = directive.Dimensions;
  return {
    namespace: directive.Namespace,
    dimensions: Object.fromEntries(dimensions.map(name => [name, line[name] as string])),
    metrics: Object.fromEntries(directive.Metrics.map(({ Name: name, Unit: unit }) => [name, [line[name] as number, unit]])),
  };
}

interface Directive {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
}
