import * as path from 'node:path';
import type { BuiltLibrary } from './built-library';

/** Whole apps, as users of each language write them. */
export const APPS = path.join(__dirname, '..', '..', 'consumers');

/** An app of test/consumers, built and ready to run. */
export interface Consumer {
  /** Synthesizes it into a folder. Throws ToolFailedError with all that the user would read. */
  synth(outdir: string, ...parameters: readonly string[]): Promise<unknown>;
}

/** Installs the library and builds the app in a folder of its own, below `work`. */
export type MakeConsumer = (library: BuiltLibrary, work: string) => Promise<Consumer>;

/** What every language takes from the process that starts it. Validating every template costs 2-3 s a run. */
export function synthEnvironment(outdir: string): NodeJS.ProcessEnv {
  return { CDK_OUTDIR: outdir, CDK_VALIDATION: 'false', JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1', JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION: '1' };
}
