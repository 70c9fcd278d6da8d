/** State in the bucket cannot be used as it is; the message says what to do. */
export class IncompatibleStateError extends Error {
  public readonly name = 'IncompatibleStateError';
}

/**
 * Whatever is stored carries the version of its format, and whoever reads it asks here first: an older function that goes on with
 * what a newer one has written would leave out what it does not know. Throws IncompatibleStateError.
 *
 * @param what the key of the object
 * @param found its version; what is no number is not known either
 * @param known the greatest version that this code reads
 */
export function requireKnownFormat(what: string, found: unknown, known: number): void {
  const problem = formatProblem(what, found, known);
  if (problem !== undefined) throw new IncompatibleStateError(problem);
}

/**
 * The JSON of a stored object that says its format. Throws IncompatibleStateError.
 *
 * @param known the greatest version that this code reads
 */
export function parseStored<T extends { readonly formatVersion: number }>(key: string, body: Uint8Array, known: number): T {
  const stored = JSON.parse(new TextDecoder().decode(body)) as T;
  requireKnownFormat(key, stored.formatVersion, known);
  return stored;
}

/** As `requireKnownFormat`, for those who go on with what else there is: what is wrong, or undefined. */
export function formatProblem(what: string, found: unknown, known: number): string | undefined {
  if (typeof found === 'number' && found <= known) return undefined;
  return `${what} has format ${JSON.stringify(found) ?? 'none'}, this code knows up to ${known}: deploy the newer version of cdk-medallion-analytics again`;
}
