import type { ObjectStore } from '../ports/object-store';
import { BRONZE_FORMAT_VERSION } from './bronze-format';
import type { ChangeLog, ChangeRow } from './change-log';
import { changeFileKey, rejectedFileKey } from './file-name';

/** What could not be taken, as it came, and why. */
export interface Refused {
  readonly record: unknown;
  readonly reason: string;
}

/** The files of one table's change log, and of what it could not take; a file that is there already stays as it is. */
export class ChangeFiles {
  public constructor(private readonly store: ObjectStore, private readonly bronzeName: string) {}

  public async writeChanges(changeLog: ChangeLog, rows: readonly ChangeRow[], epoch: number, now: Date): Promise<string> {
    const key = changeFileKey(this.bronzeName, rows.map(row => row.eventId), epoch, now);
    await this.store.put(key, changeLog.file(rows), { kind: 'absent' });
    return key;
  }

  public async writeRefused(refused: readonly Refused[], now: Date): Promise<string> {
    const lines = refused.map(({ record, reason }) => JSON.stringify({ reason, formatVersion: BRONZE_FORMAT_VERSION, record }));
    const key = rejectedFileKey(this.bronzeName, lines, now);
    await this.store.put(key, `${lines.join('\n')}\n`, { kind: 'absent' });
    return key;
  }
}
