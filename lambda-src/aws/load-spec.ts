import { readFileSync } from 'node:fs';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { parseSpec } from '../state/parse-spec';

/** Reads a pipeline spec from a file. Throws SpecVersionError if a newer version of the library wrote it. */
export function loadSpec(file: string): PipelineSpec {
  return parseSpec(readFileSync(file, 'utf8'), file);
}
