import type { BronzeReport } from '../bronze/bronze';
import type { RedriveRequest } from './redrive-request';

/** What a redrive did, or would do. */
export interface RedriveReport {
  /** By Bronze name. */
  readonly tables: { readonly [bronzeName: string]: RedrivenTable };
  /** Files all of whose changes are in the change log or rejected anew; they are under `done/` now, after a dry run they would be. */
  readonly filesDone: number;
  readonly filesLeft: number;
  /** The first of the files that stay where they are, and why. */
  readonly left: readonly LeftFile[];
  /** Time ran out: send this as the next payload to go on. */
  readonly next?: RedriveRequest;
}

export interface RedrivenTable {
  /** Changes that are in the change log now; of a dry run, those that would be put through. */
  readonly changes: number;
  /** Changes that were rejected once more, with the reason that holds now; a dry run does not find out. */
  readonly rejected: number;
}

export interface LeftFile {
  readonly key: string;
  /**
   * `too-old`: it holds changes that could bring deleted items back. `unknown-table`: of no source of this pipeline. `rejected`: rejected
   * again within the hour, so that the file is its own successor. `export`: lines of an export, which only another load brings in.
   * `failed`: tried, and may succeed another time.
   */
  readonly why: 'too-old' | 'unknown-table' | 'unreadable' | 'rejected' | 'export' | 'failed';
  readonly message: string;
  /** The first changes that are too old. */
  readonly changes?: readonly OldChange[];
}

export interface OldChange {
  readonly eventId: unknown;
  readonly keys: unknown;
  /** When the item changed. */
  readonly at: Date;
}

/** An answer of Lambda holds 6 MB. */
const MOST_FILES = 100;
const MOST_CHANGES = 20;

/** Counts while a redrive goes on. */
export class RedriveTally {
  private readonly tables: { [bronzeName: string]: RedrivenTable } = {};
  private readonly left: LeftFile[] = [];
  private filesLeft = 0;
  private filesDone = 0;

  public took({ tables }: BronzeReport): void {
    for (const [bronzeName, { records, rejected }] of Object.entries(tables)) this.count(bronzeName, records, rejected);
  }

  public count(bronzeName: string, changes: number, rejected: number): void {
    const before = Object.hasOwn(this.tables, bronzeName) ? this.tables[bronzeName] : { changes: 0, rejected: 0 };
    this.tables[bronzeName] = { changes: before.changes + changes, rejected: before.rejected + rejected };
  }

  public done(): void {
    this.filesDone++;
  }

  public leave({ changes, ...file }: LeftFile): void {
    this.filesLeft++;
    if (this.left.length < MOST_FILES) this.left.push({ ...file, ...(changes && { changes: changes.slice(0, MOST_CHANGES) }) });
  }

  public report(next?: RedriveRequest): RedriveReport {
    return { tables: this.tables, filesDone: this.filesDone, filesLeft: this.filesLeft, left: this.left, ...(next && { next }) };
  }
}
