import { Token, type Duration } from 'aws-cdk-lib';
import type { PipelineDeclaration } from '../spec/pipeline-declaration';
import type { Problem } from './problem';

/** A value that only a deploy decides cannot be compiled into SQL; it would arrive as the token's number or text. */
export function checkTokens(declaration: PipelineDeclaration): Problem[] {
  return tokenPaths(declaration, []).map(unknownAtSynth);
}

export function unknownAtSynth(path: string): Problem {
  return { path, what: 'the value is not known at synth', fix: 'give the value itself, no token or parameter' };
}

function tokenPaths(value: unknown, path: readonly string[]): string[] {
  if (value === null || value === undefined || typeof value === 'boolean') return [];
  if (isDuration(value)) return value.isUnresolved() ? [path.join('.')] : [];
  if (Token.isUnresolved(value)) return [path.join('.')];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    return Token.isUnresolved(name) ? [`${path.join('.')} (a name)`] : tokenPaths(inner, [...path, name]);
  });
}

/** By shape: an app may hold more than one copy of the CDK. */
function isDuration(value: unknown): value is Duration {
  return typeof value === 'object' && value !== null && 'isUnresolved' in value && 'toMilliseconds' in value;
}
