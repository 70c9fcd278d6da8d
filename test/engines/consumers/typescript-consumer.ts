import { mkdirSync } from 'node:fs';
import * as path from 'node:path';
import { runTool } from '../install/run-tool';
import { APPS, synthEnvironment, type Consumer } from './consumer';

const TSX = path.join(__dirname, '..', '..', '..', 'node_modules', '.bin', 'tsx');

/** The one that the others are compared with: it runs the sources. */
export function typescriptConsumer(work: string): Consumer {
  const folder = path.join(work, 'typescript');
  mkdirSync(folder);
  return {
    synth: (outdir, ...parameters) => runTool(TSX, [path.join(APPS, 'typescript', 'app.ts'), ...parameters], synthEnvironment(outdir), folder),
  };
}
