import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import * as path from 'node:path';

const ROOT = path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'cdk-medallion-analytics', 'engines');

/**
 * A folder that is made once and kept between runs. It is filled under another name, so that what an interrupted run leaves is
 * never taken for whole.
 */
export function cachedFolder(name: string, fill: (folder: string) => void): string {
  const folder = path.join(ROOT, name);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  console.log(`installing ${name}`);
  fill(unfinished);
  renameSync(unfinished, folder);
  return folder;
}
