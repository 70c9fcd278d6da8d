interface TableOutcome {
  readonly state: string;
  readonly error?: string;
}

/** A stage failed for at least one table; the message says for which, and what was to be done. Without a layer, names have one. */
export class StageFailedError extends Error {
  public readonly name = 'StageFailedError';
  public constructor(layer: 'silver' | 'gold' | undefined, tables: { readonly [table: string]: TableOutcome }) {
    const failed = Object.entries(tables).filter(([, { state }]) => state === 'failed');
    // The class says nothing to a reader at a terminal.
    super(failed.map(([table, { error }]) => `${layer ? `${layer}.` : ''}${table} failed: ${error?.replace(/^\w*Error: /, '')}`).join('\n'));
  }
}
