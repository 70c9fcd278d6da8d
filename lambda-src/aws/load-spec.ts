import { readFileSync } from 'node:fs';
import { SPEC_VERSION, type PipelineSpec } from '../../src/spec/pipeline-spec';

/** The text is no spec that this code can read; the message says what to do. */
export class SpecVersionError extends Error {
  public readonly name = 'SpecVersionError';
}

/** Reads a pipeline spec from a file. Throws SpecVersionError if a newer version of the library wrote it. */
export function loadSpec(file: string): PipelineSpec {
  return parseSpec(readFileSync(file, 'utf8'), file);
}

/**
 * A pipeline spec from its text. Throws SpecVersionError if a newer version of the library wrote it.
 *
 * @param place where the text was found, for the message
 */
export function parseSpec(text: string, place: string): PipelineSpec {
  const spec = JSON.parse(text) as { readonly specVersion?: unknown };
  if (typeof spec.specVersion !== 'number' || spec.specVersion > SPEC_VERSION) {
    throw new SpecVersionError(`${place} has spec version ${JSON.stringify(spec.specVersion)}, this code knows up to ${SPEC_VERSION}: `
      + 'use the version of cdk-medallion-analytics that wrote it, or a newer one');
  }
  return spec as PipelineSpec;
}
