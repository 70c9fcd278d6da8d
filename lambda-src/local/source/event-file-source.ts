import * as path from 'node:path';
import type { PipelineSpec } from '../../../src/spec/pipeline-spec';
import type { AttributeMap } from '../../bronze/attribute-value';
import { canonicalText } from './canonical';
import type { ChangeSource, Round } from './change-source';
import { EventFileError, readEventFile } from './event-file';
import { assertSilverTables, silverTableOf } from './event-tables';
import type { Arrival, DynamoDbStreamRecord } from './stream-record';

/** What is known of an item: its latest change so far, and the item after it as text, if there still is one. */
interface LatestChange {
  readonly sequence: string;
  readonly item: string | undefined;
}

/** Changes recorded in a file. The items are what is left when each key's latest change is applied. */
export class EventFileSource implements ChangeSource {
  /** Reads the file once to its end, so that a bad line is told before anything runs. Throws EventFileError, UnknownSourceError. */
  public static async open(file: string, spec: PipelineSpec, given: ReadonlyMap<string, string>): Promise<EventFileSource> {
    assertSilverTables(spec, given);
    const tableArns: { [silverTable: string]: string } = {};
    let size = 0;
    for await (const { line, record } of readEventFile(file)) {
      const table = silverTableOf(spec, record, given);
      const arn = tableArnOf(record);
      if (tableArns[table] !== undefined && tableArns[table] !== arn) {
        throw new EventFileError(`${file}:${line}: ${arn} and ${tableArns[table]} are both records of ${table}; keep one of them in the file`);
      }
      tableArns[table] = arn;
      size++;
    }
    return new EventFileSource(file, spec, given, tableArns, size);
  }

  public readonly rounds: readonly Round[];
  private readonly tables: ReadonlyMap<string, { readonly latest: Map<string, LatestChange>; readonly eventIds: Set<string> }>;

  private constructor(
    private readonly file: string,
    private readonly spec: PipelineSpec,
    private readonly given: ReadonlyMap<string, string>,
    public readonly tableArns: { readonly [silverTable: string]: string },
    size: number,
  ) {
    this.rounds = [{ title: path.basename(file), size, play: () => this.play() }];
    this.tables = new Map(Object.keys(spec.tables).map(table => [table, { latest: new Map(), eventIds: new Set() }]));
  }

  public* items(silverTable: string): Iterable<AttributeMap> {
    for (const { item } of this.tables.get(silverTable)!.latest.values()) if (item !== undefined) yield JSON.parse(item) as AttributeMap;
  }

  public changes(silverTable: string): number {
    return this.tables.get(silverTable)!.eventIds.size;
  }

  private async* play(): AsyncIterable<Arrival> {
    for await (const { record } of readEventFile(this.file)) {
      const table = silverTableOf(this.spec, record, this.given);
      this.note(table, record);
      yield { table, shard: 0, record, bytes: Buffer.byteLength(JSON.stringify(record)) };
    }
  }

  private note(table: string, record: DynamoDbStreamRecord): void {
    const { latest, eventIds } = this.tables.get(table)!;
    eventIds.add(record.eventID);
    if (this.spec.tables[table].ttlDeletes === 'keep' && isExpiry(record)) return;
    const key = canonicalText(record.dynamodb.Keys);
    const sequence = `${record.eventSourceARN.split('/stream/')[1]}/${record.dynamodb.SequenceNumber.padStart(40, '0')}`;
    if (sequence <= (latest.get(key)?.sequence ?? '')) return;
    const image = record.eventName === 'REMOVE' ? undefined : { ...record.dynamodb.NewImage, ...record.dynamodb.Keys };
    latest.set(key, { sequence, item: image && JSON.stringify(image) });
  }
}

function tableArnOf({ eventSourceARN }: DynamoDbStreamRecord): string {
  return eventSourceARN.slice(0, eventSourceARN.indexOf('/stream/'));
}

function isExpiry({ eventName, userIdentity }: DynamoDbStreamRecord): boolean {
  return eventName === 'REMOVE' && userIdentity?.type === 'Service' && userIdentity.principalId === 'dynamodb.amazonaws.com';
}
