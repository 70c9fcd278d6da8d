import { Token } from 'aws-cdk-lib';
import { FUNCTION_LIMITS, LONGEST_TIMEOUT, MOST_MEMORY } from '../shipping/function-limits';
import type { Handler } from '../shipping/handler-assets';
import type { PipelineFunctionOptions, PipelineFunctionsOptions } from '../shipping/pipeline-functions-options';
import type { Problem } from './problem';
import { unknownAtSynth } from './tokens';

/** What Lambda would refuse only at deploy, or what a stage could not work with. */
export function functionProblems(functions: PipelineFunctionsOptions): Problem[] {
  return (Object.entries(functions) as [Handler, PipelineFunctionOptions | undefined][]).flatMap(([handler, options]) => [
    ...memory(handler, options?.memorySize),
    ...timeout(handler, options?.timeout),
  ]);
}

function memory(handler: Handler, size: number | undefined): Problem[] {
  const path = `functions.${handler}.memorySize`;
  const { leastMemory } = FUNCTION_LIMITS[handler];
  if (size === undefined || size === null) return [];
  if (Token.isUnresolved(size)) return [unknownAtSynth(path)];
  if (Number.isInteger(size) && size >= leastMemory && size <= MOST_MEMORY) return [];
  return [{ path, what: 'it must be a whole number of MiB that the stage can work with', value: String(size), fix: `give ${leastMemory} to ${MOST_MEMORY}` }];
}

function timeout(handler: Handler, duration: PipelineFunctionOptions['timeout']): Problem[] {
  const path = `functions.${handler}.timeout`;
  const { shortestTimeout } = FUNCTION_LIMITS[handler];
  if (duration === undefined || duration === null) return [];
  if (duration.isUnresolved()) return [unknownAtSynth(path)];
  const seconds = duration.toSeconds({ integral: false });
  if (Number.isInteger(seconds) && seconds >= shortestTimeout && seconds <= LONGEST_TIMEOUT) return [];
  return [{
    path,
    what: 'with another time limit Lambda does not take the function, or the stage never gets anywhere',
    value: `${seconds} s`,
    fix: `give Duration.seconds(n), n from ${shortestTimeout} to ${LONGEST_TIMEOUT}`,
  }];
}
