import { createRequire } from 'node:module';
import * as path from 'node:path';

export type DuckDb = typeof import('@duckdb/node-api');

const PACKAGE = '@duckdb/node-api';

/** The embedded engine is not installed; it is large, so the package does not bring it along. */
export class DuckDbMissingError extends Error {
  public readonly name = 'DuckDbMissingError';
  public constructor() {
    super(`a local run needs ${PACKAGE}, which is not installed. Fix: npm install --save-dev ${PACKAGE}\n`
      + `or, without installing anything: npx -p cdk-medallion-analytics -p ${PACKAGE} cdk-medallion-analytics local --app cdk.out`);
  }
}

/** Finds the engine beside this package, where the command was started, or where npx has put it. Throws DuckDbMissingError. */
export function loadDuckDb(): DuckDb {
  for (const place of [__filename, path.join(process.cwd(), 'package.json'), ...foldersOnPath()]) {
    try {
      return createRequire(place)(PACKAGE) as DuckDb;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  throw new DuckDbMissingError();
}

/** Of two packages, npx runs the one that the project has and installs the other elsewhere: only PATH tells where. */
function foldersOnPath(): string[] {
  const bin = path.join(path.sep, 'node_modules', '.bin');
  const entries = (process.env.PATH ?? '').split(path.delimiter).map(entry => path.resolve(entry));
  return entries.filter(entry => entry.endsWith(bin)).map(entry => path.resolve(entry, '..', '..', 'package.json'));
}
