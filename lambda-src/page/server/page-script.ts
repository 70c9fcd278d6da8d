import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';

/** The page's bundled script is not where the package should have it. */
export class PageScriptMissingError extends Error {
  public readonly name = 'PageScriptMissingError';
}

/** Beside the bundled command line, or from a checkout's sources. */
const PLACES = [path.join(__dirname, '..', 'page', 'page.js'), path.join(__dirname, '..', '..', '..', 'assets', 'page', 'page.js')];

export function pageScript(): string {
  const found = PLACES.find(existsSync);
  if (found === undefined) throw new PageScriptMissingError(`${PLACES[0]} is missing: install the package again, or in a checkout run "npm run bundle"`);
  return readFileSync(found, 'utf8');
}
