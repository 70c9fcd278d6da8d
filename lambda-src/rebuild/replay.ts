import { createHash } from 'node:crypto';
import { ChangeLog, type ChangeRow } from '../bronze/change-log';
import { rebuiltFileKey } from '../bronze/file-name';
import type { HashKeySource } from '../bronze/hash-key';
import { maskings } from '../bronze/masking';
import { Rejection } from '../bronze/stream-event';
import type { StageDependencies } from '../ports/stage-dependencies';
import { epochOf, requireDeployment } from '../schema/deployment';
import { SilverTable } from '../silver/silver-table';
import { column, item, or, table as tableAs, text } from '../sql/build';
import type { Query } from '../sql/nodes';
import { keyOf } from '../state/key-of';
import { storedChanges } from './stored-changes';

/** Which of a table's held back changes are put through again. */
export interface ReplayRequest {
  readonly table: string;
  readonly actions: readonly ('quarantine' | 'drop')[];
}

export interface ReplayReport {
  /** Changes that rules hold back. */
  readonly heldBack: number;
  /** Of those, changes that are in a new Bronze file; the next Silver run takes it. */
  readonly changes: number;
  readonly files: readonly string[];
  /** What could not be put through again, and why. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
}

export class ReplayRefusedError extends Error {
  public readonly name = 'ReplayRefusedError';
}

/** How many changes one new file holds at most. */
const CHANGES_A_FILE = 5000;

/**
 * Puts changes through again that a rule holds back: encoded under the present definition by the present code, as new Bronze files.
 * Those that pass now enter the table, the others stay where they are. A changed rule brings that about by itself, in its own time;
 * this is for a correction that no definition shows, and for those who do not want to wait until the whole log has been read.
 */
export class Replay {
  public constructor(private readonly dependencies: Pick<StageDependencies, 'spec' | 'store' | 'engine' | 'clock' | 'timeLeft'> & { readonly hashKey?: HashKeySource }) {}

  /** Throws ReplayRefusedError for a table that is not declared, or whose deploy has not ended. */
  public async run({ table: name, actions }: ReplayRequest): Promise<ReplayReport> {
    const { spec, store, engine, timeLeft } = this.dependencies;
    if (!Object.hasOwn(spec.tables, name)) {
      throw new ReplayRefusedError(`there is no table ${JSON.stringify(name)}; the pipeline has ${Object.keys(spec.tables).join(', ')}`);
    }
    const table = new SilverTable(spec, name);
    const epoch = epochOf(await requireDeployment(store), name, table.definition.definitionHash);
    if (epoch === undefined) throw new ReplayRefusedError(`the deploy of ${name} has not ended: wait until it has, then replay again`);
    const byFile = new Map<string, Set<string>>();
    const { rows } = await engine.query(heldBack(table, actions), timeLeft);
    for (const { file, event } of rows) {
      byFile.set(file!, (byFile.get(file!) ?? new Set()).add(event!));
    }
    return this.putThrough(table, byFile, epoch);
  }

  private async putThrough(table: SilverTable, byFile: ReadonlyMap<string, ReadonlySet<string>>, epoch: number): Promise<ReplayReport> {
    const { spec, store, hashKey } = this.dependencies;
    const changeLog = new ChangeLog(table.definition, (await maskings(spec, store, hashKey))[table.name]);
    const skipped: { file: string; reason: string }[] = [];
    const files: string[] = [];
    let changes = 0;
    let waiting: ChangeRow[] = [];
    const flush = async () => {
      if (waiting.length === 0) return;
      files.push(await this.write(table.bronzeName, changeLog, waiting, epoch));
      changes += waiting.length;
      waiting = [];
    };
    for (const [uri, events] of byFile) {
      const key = keyOf(this.dependencies.store, uri);
      const object = await this.dependencies.store.get(key);
      if (!object) skipped.push({ file: key, reason: 'it is not in Bronze any more' });
      const wanted = object ? storedChanges(key, object.body).filter(({ system }) => events.has(String(system._event_id))) : [];
      for (const change of wanted) {
        const row = changeLog.again(change, epoch);
        if (row instanceof Rejection) skipped.push({ file: key, reason: `${change.system._event_id}: ${row.reason}` });
        else waiting.push(row);
      }
      if (waiting.length >= CHANGES_A_FILE) await flush();
    }
    await flush();
    return { heldBack: [...byFile.values()].reduce((sum, events) => sum + events.size, 0), changes, files, skipped };
  }

  /** The name says the content: the same changes encoded by corrected code are another file. */
  private async write(bronzeName: string, changeLog: ChangeLog, rows: readonly ChangeRow[], epoch: number): Promise<string> {
    const body = changeLog.file(rows);
    const content = createHash('sha256').update(body).digest('hex');
    const key = rebuiltFileKey(bronzeName, rows.map(row => row.eventId), `replay ${epoch} ${content}`, this.dependencies.clock.now());
    await this.dependencies.store.put(key, body, { kind: 'absent' });
    return key;
  }
}

/** Where Bronze has the changes that rules hold back. */
export function heldBack(table: SilverTable, actions: ReplayRequest['actions']): Query {
  return {
    kind: 'select',
    distinct: true,
    columns: [item(column('a', '_bronze_file'), 'file'), item(column('a', '_event_id'), 'event')],
    from: tableAs(table.absent, 'a'),
    where: or(...actions.map(action => ({ kind: 'like' as const, operand: column('a', '_reason'), pattern: text(`${action}:%`) }))),
  };
}
