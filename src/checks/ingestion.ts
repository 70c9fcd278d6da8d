import { Token } from 'aws-cdk-lib';
import type { IngestionOptions } from '../bronze/ingestion-options';
import type { Problem } from './problem';
import { unknownAtSynth } from './tokens';

/** What Lambda would refuse only at deploy, or take in another sense. */
export function ingestionProblems({ batchSize, batchingWindow, parallelizationFactor }: IngestionOptions): Problem[] {
  return [
    ...wholeNumber('ingestion.batchSize', batchSize, 10_000, 'changes'),
    ...wholeNumber('ingestion.parallelizationFactor', parallelizationFactor, 10, 'batches side by side'),
    ...window('ingestion.batchingWindow', batchingWindow),
  ];
}

function wholeNumber(path: string, value: number | undefined, most: number, unit: string): Problem[] {
  if (value === undefined || value === null) return [];
  if (Token.isUnresolved(value)) return [unknownAtSynth(path)];
  if (Number.isInteger(value) && value >= 1 && value <= most) return [];
  return [{ path, what: `it must be a whole number of ${unit}`, value: String(value), fix: `give a whole number from 1 to ${most}` }];
}

function window(path: string, value: IngestionOptions['batchingWindow']): Problem[] {
  if (value === undefined || value === null) return [];
  if (value.isUnresolved()) return [unknownAtSynth(path)];
  const seconds = value.toSeconds({ integral: false });
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= 300) return [];
  return [{ path, what: 'Lambda gathers changes for whole seconds, 5 minutes at most', value: `${seconds} s`, fix: 'give Duration.seconds(n), n from 0 to 300' }];
}
