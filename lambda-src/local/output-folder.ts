import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';

/** Marks a folder as one that local runs may empty. */
const MARKER = '.cdk-medallion-analytics';
const LAKE = 'lake';
const DATABASE = 'lakehouse.duckdb';

export class ForeignFolderError extends Error {
  public readonly name = 'ForeignFolderError';
}

/** Where a local run leaves its results: the objects of the lake, and a DuckDB file with the tables. */
export class OutputFolder {
  /** Takes the folder and removes what an earlier run left; throws ForeignFolderError for a folder with anything else in it. */
  public static prepare(folder: string): OutputFolder {
    const root = path.resolve(folder);
    if (existsSync(root) && !statSync(root).isDirectory()) throw new ForeignFolderError(`${root} is a file; name a folder that may be created`);
    const present = existsSync(root) ? readdirSync(root) : [];
    if (present.length > 0 && !present.includes(MARKER)) {
      throw new ForeignFolderError(`${root} holds files that no local run has written (${present.slice(0, 3).join(', ')}); `
        + 'a run would overwrite them, so name an empty or a new folder with --out');
    }
    mkdirSync(root, { recursive: true });
    writeFileSync(path.join(root, MARKER), 'Written by cdk-medallion-analytics; the next local run starts afresh.\n');
    for (const name of [LAKE, DATABASE, `${DATABASE}.wal`, `${DATABASE}.tmp`]) rmSync(path.join(root, name), { recursive: true, force: true });
    return new OutputFolder(root);
  }

  private constructor(private readonly root: string) {}

  public get lake(): string {
    return path.join(this.root, LAKE);
  }

  public get database(): string {
    return path.join(this.root, DATABASE);
  }
}
