import { createRequire } from 'node:module';
import * as path from 'node:path';

export type DuckDb = typeof import('@duckdb/node-api');

const PACKAGE = '@duckdb/node-api';

/** The embedded engine is not installed; it is large, so the package does not bring it along. */
export class DuckDbMissingError extends Error {
  public readonly name = 'DuckDbMissingError';
  public constructor() {
    super(`a local run needs ${PACKAGE}, which is not installed. Fix: npm install --save-dev ${PACKAGE}, or run without installing anything: `
      + `npx -p cdk-medallion-analytics -p ${PACKAGE} cdk-medallion-analytics local --app cdk.out`);
  }
}

/** Finds the engine beside this package, or where the command was started. Throws DuckDbMissingError. */
export function loadDuckDb(places: readonly string[] = [__filename, path.join(process.cwd(), 'package.json')]): DuckDb {
  for (const place of places) {
    try {
      return createRequire(place)(PACKAGE) as DuckDb;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  throw new DuckDbMissingError();
}
