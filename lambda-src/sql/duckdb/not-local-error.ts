/** A part of the pipeline's SQL has no translation for the embedded engine that is proven to mean the same. */
export class NotLocalError extends Error {
  public readonly name = 'NotLocalError';
  public constructor(what: string, fix: string) {
    super(`${what} cannot run on the embedded engine. ${fix}`);
  }
}
