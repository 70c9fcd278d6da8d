import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { OutputFolder } from '../../lambda-src/local/output-folder';
import { temporaryFolder } from '../helpers/temporary-folder';

const root = temporaryFolder();

describe('the output folder', () => {
  test('is made where there is none, and starts afresh where a run has been', () => {
    const out = path.join(root, 'deep', 'out');
    const first = OutputFolder.prepare(out);
    mkdirSync(path.join(first.lake, 'bronze'), { recursive: true });
    writeFileSync(first.database, 'old');
    writeFileSync(path.join(out, 'notes.txt'), 'mine');

    const second = OutputFolder.prepare(out);
    expect(existsSync(second.lake)).toBe(false);
    expect(existsSync(second.database)).toBe(false);
    expect(readFileSync(path.join(out, 'notes.txt'), 'utf8')).toBe('mine');
  });

  test('is not taken from somebody else', () => {
    const foreign = path.join(root, 'foreign');
    mkdirSync(path.join(foreign, 'lake'), { recursive: true });
    expect(() => OutputFolder.prepare(foreign)).toThrow('holds files that no local run has written (lake)');
    expect(existsSync(path.join(foreign, 'lake'))).toBe(true);
  });

  test('cannot be a file', () => {
    writeFileSync(path.join(root, 'file'), '');
    expect(() => OutputFolder.prepare(path.join(root, 'file'))).toThrow('is a file; name a folder');
  });
});
