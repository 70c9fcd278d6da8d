import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { PipelineSpec } from '../spec/pipeline-spec';

/** Metadata type under which any tool finds the pipelines of a cloud assembly. */
export const SPEC_METADATA = 'cdk-medallion-analytics:pipeline';

/** Metadata type under which a pipeline's name stands, from which databases and workgroup derive. */
export const NAME_METADATA = 'cdk-medallion-analytics:name';

/** Values of a pipeline that are only known at deploy time. */
export class UnresolvedSpecError extends Error {
  public readonly name = 'UnresolvedSpecError';
}

/**
 * Puts the spec and the pipeline's name into the cloud assembly. The spec is pure data: a token in it would be text like
 * `${Token[TOKEN.12]}`.
 */
export function publishSpec(scope: Construct, spec: PipelineSpec, name: string): void {
  const unresolved = tokenPaths(spec, '');
  if (unresolved.length > 0) {
    throw new UnresolvedSpecError(`${scope.node.path}: a pipeline must be known at synth, but these values are tokens: ${unresolved.join(', ')}; `
      + 'write them as plain values');
  }
  scope.node.addMetadata(SPEC_METADATA, spec);
  scope.node.addMetadata(NAME_METADATA, name);
}

function tokenPaths(value: unknown, path: string): string[] {
  if (value === null || value === undefined || typeof value === 'boolean') return [];
  if (Token.isUnresolved(value)) return [path];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...Token.isUnresolved(key) ? [`${path} (a name)`] : [],
    ...tokenPaths(inner, path ? `${path}.${key}` : key),
  ]);
}
