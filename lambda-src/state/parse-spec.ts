import { SPEC_VERSION, type PipelineSpec } from '../../src/spec/pipeline-spec';

/** The text is no spec that this code can read; the message says what to do. */
export class SpecVersionError extends Error {
  public readonly name = 'SpecVersionError';
}

/**
 * A pipeline spec from its text. Throws SpecVersionError if a newer version of the library wrote it.
 *
 * @param place where the text was found, for the message
 */
export function parseSpec(text: string, place: string): PipelineSpec {
  const spec = JSON.parse(text) as PipelineSpec;
  const problem = specProblem(spec, place);
  if (problem !== undefined) throw new SpecVersionError(problem);
  return spec;
}

/** Why what was found at a place is no spec that this code can read; undefined if it is one. */
export function specProblem(found: unknown, place: string): string | undefined {
  const version = (found as { readonly specVersion?: unknown } | undefined)?.specVersion;
  if (typeof version === 'number' && version <= SPEC_VERSION) return undefined;
  return `${place} has spec version ${JSON.stringify(version)}, this code knows up to ${SPEC_VERSION}: `
    + 'use the version of cdk-medallion-analytics that wrote it, or a newer one';
}
