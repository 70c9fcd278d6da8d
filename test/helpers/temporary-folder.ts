import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

/** A folder for the tests of one file; it is gone when they are over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'medallion-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
