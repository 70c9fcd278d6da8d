import {
  DescribeContinuousBackupsCommand, DescribeExportCommand, ExportNotFoundException, ExportTableToPointInTimeCommand, type DynamoDBClient,
  type ExportDescription,
} from '@aws-sdk/client-dynamodb';
import { ExportRefusedError, type ExportRequest, type ExportStatus, type TableExports } from '../ports/table-exports';

/** What will not change by asking again; everything else is tried again by whoever called. */
const REFUSALS: ReadonlySet<string> = new Set([
  'PointInTimeRecoveryUnavailableException', 'InvalidExportTimeException', 'TableNotFoundException', 'ExportConflictException',
  'ValidationException', 'AccessDeniedException',
]);

/** Exports of DynamoDB tables into the pipeline's bucket. */
export class DynamoDbTableExports implements TableExports {
  public constructor(private readonly client: DynamoDBClient, private readonly bucket: string) {}

  public async recoverableFrom(tableArn: string): Promise<Date | undefined> {
    const { ContinuousBackupsDescription: backups } = await this.client.send(new DescribeContinuousBackupsCommand({ TableName: tableArn }));
    const recovery = backups?.PointInTimeRecoveryDescription;
    return recovery?.PointInTimeRecoveryStatus === 'ENABLED' ? recovery.EarliestRestorableDateTime : undefined;
  }

  public async start({ tableArn, token, prefix, scope }: ExportRequest): Promise<string> {
    try {
      const { ExportDescription: description } = await this.client.send(new ExportTableToPointInTimeCommand({
        TableArn: tableArn,
        ClientToken: token,
        S3Bucket: this.bucket,
        S3Prefix: prefix,
        ExportFormat: 'DYNAMODB_JSON',
        ...scope.kind === 'full' ? { ExportType: 'FULL_EXPORT' } : {
          ExportType: 'INCREMENTAL_EXPORT',
          IncrementalExportSpecification: { ExportFromTime: scope.from, ExportToTime: scope.to, ExportViewType: 'NEW_AND_OLD_IMAGES' },
        },
      }));
      return description!.ExportArn!;
    } catch (error) {
      const { name, message } = error as Error;
      if (REFUSALS.has(name)) throw new ExportRefusedError(`DynamoDB does not export ${tableArn} (${name}): ${message}`, { cause: error });
      throw error;
    }
  }

  public async describe(exportArn: string): Promise<ExportStatus> {
    const description = await this.description(exportArn);
    if (!description) return { state: 'failed', message: 'DynamoDB does not know it any more' };
    switch (description.ExportStatus) {
      case 'COMPLETED': {
        const exportId = exportArn.slice(exportArn.lastIndexOf('/') + 1);
        return { state: 'completed', manifestKey: `${description.S3Prefix}/AWSDynamoDB/${exportId}/manifest-summary.json` };
      }
      case 'FAILED': return { state: 'failed', message: `${description.FailureCode}: ${description.FailureMessage}` };
      default: return { state: 'running' };
    }
  }

  private async description(exportArn: string): Promise<ExportDescription | undefined> {
    try {
      return (await this.client.send(new DescribeExportCommand({ ExportArn: exportArn }))).ExportDescription;
    } catch (error) {
      if (error instanceof ExportNotFoundException) return undefined;
      throw error;
    }
  }
}
