import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Clock } from '../../ports/clock';
import type { ObjectStore } from '../../ports/object-store';
import { ExportRefusedError, type ExportRequest, type ExportScope, type ExportStatus, type TableExports } from '../../ports/table-exports';
import type { ItemChange, PointInTimeLog } from './point-in-time-log';

export interface LocalTableExportsOptions {
  readonly store: ObjectStore;
  readonly clock: Pick<Clock, 'now'>;
  /** By the ARN of the table. */
  readonly tables: ReadonlyMap<string, PointInTimeLog>;
  /** Data files of one export; DynamoDB writes one a partition at least. @default 3 */
  readonly files?: number;
}

/**
 * Exports of simulated tables, object for object as DynamoDB writes them.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html
 */
export class LocalTableExports implements TableExports {
  private readonly byToken = new Map<string, string>();
  private readonly manifests = new Map<string, string>();

  public constructor(private readonly options: LocalTableExportsOptions) {}

  public async recoverableFrom(tableArn: string): Promise<Date | undefined> {
    return this.options.tables.get(tableArn)?.since;
  }

  public async start({ tableArn, token, prefix, scope }: ExportRequest): Promise<string> {
    const known = this.byToken.get(token);
    if (known !== undefined) return known;
    const log = this.options.tables.get(tableArn);
    if (!log) throw new ExportRefusedError(`${tableArn}: point-in-time recovery is off`);
    const now = this.options.clock.now();
    const exportId = `${String(now.getTime()).padStart(14, '0')}-${createHash('sha256').update(token).digest('hex').slice(0, 8)}`;
    const exportArn = `${tableArn}/export/${exportId}`;
    this.manifests.set(exportArn, await this.write({ exportArn, exportId, tableArn, prefix, scope, now }, log));
    this.byToken.set(token, exportArn);
    return exportArn;
  }

  public async describe(exportArn: string): Promise<ExportStatus> {
    const manifestKey = this.manifests.get(exportArn);
    return manifestKey === undefined ? { state: 'failed', message: 'there is no such export' } : { state: 'completed', manifestKey };
  }

  private async write(request: Written, log: PointInTimeLog): Promise<string> {
    const { scope, now, exportId } = request;
    const root = `${request.prefix}/AWSDynamoDB`;
    const folder = `${root}/${exportId}`;
    const lines = scope.kind === 'full'
      ? [...log.itemsAt(now)].map(item => JSON.stringify({ Item: item }))
      : [...log.changesIn(scope.from, scope.to)].map(changeLine);
    await this.options.store.put(`${folder}/_started`, '');
    const files = await this.writeData(scope.kind === 'full' ? `${folder}/data` : `${root}/data`, exportId, lines);
    await this.writeChecked(`${folder}/manifest-files`, files.map(file => `${JSON.stringify(file)}\n`).join(''));
    return this.writeChecked(`${folder}/manifest-summary`, JSON.stringify(summary(request, folder, lines.length)));
  }

  private async writeData(folder: string, exportId: string, lines: readonly string[]): Promise<object[]> {
    const count = this.options.files ?? 3;
    const parts = Array.from({ length: count }, (_, part) => lines.filter((_line, index) => index % count === part));
    return Promise.all(parts.map(async (part, index) => {
      const key = `${folder}/${createHash('sha256').update(`${exportId}/${index}`).digest('hex').slice(0, 26)}.json.gz`;
      const body = gzipSync(part.map(line => `${line}\n`).join(''));
      await this.options.store.put(key, body);
      const md5 = createHash('md5').update(body);
      return { itemCount: part.length, md5Checksum: md5.copy().digest('base64'), etag: md5.digest('hex'), dataFileS3Key: key };
    }));
  }

  private async writeChecked(name: string, text: string): Promise<string> {
    await this.options.store.put(`${name}.json`, text);
    await this.options.store.put(`${name}.md5`, createHash('md5').update(text).digest('base64'));
    return `${name}.json`;
  }
}

interface Written {
  readonly exportArn: string;
  readonly exportId: string;
  readonly tableArn: string;
  readonly prefix: string;
  readonly scope: ExportScope;
  readonly now: Date;
}

function changeLine({ micros, key, former, latter }: ItemChange): string {
  return JSON.stringify({ Metadata: { WriteTimestampMicros: { N: String(micros) } }, Keys: key, OldImage: former, NewImage: latter });
}

function summary({ exportArn, tableArn, prefix, scope, now }: Written, folder: string, itemCount: number): object {
  const time = now.toISOString();
  return {
    version: scope.kind === 'full' ? '2020-06-30' : '2023-08-01',
    exportArn,
    startTime: time,
    endTime: time,
    tableArn,
    tableId: '00000000-0000-0000-0000-000000000000',
    ...scope.kind === 'full'
      ? { exportTime: time }
      : { exportFromTime: scope.from.toISOString(), exportToTime: scope.to.toISOString() },
    s3Bucket: 'lake',
    s3Prefix: prefix,
    s3SseAlgorithm: 'AES256',
    s3SseKmsKeyId: null,
    manifestFilesS3Key: `${folder}/manifest-files.json`,
    billedSizeBytes: 0,
    itemCount,
    outputFormat: 'DYNAMODB_JSON',
    ...scope.kind === 'full' ? {} : { outputView: 'NEW_AND_OLD_IMAGES', exportType: 'INCREMENTAL_EXPORT' },
  };
}
