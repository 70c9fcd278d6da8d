import { BatchDeleteTableVersionCommand, GlueClient, paginateGetTableVersions } from '@aws-sdk/client-glue';
import type { TableVersions } from '../ports/table-versions';
import type { AthenaNames } from '../sql/athena';
import type { TableName } from '../sql/nodes';
import { CLIENT_SETTINGS } from './client-settings';
import { deployedDatabases } from './deployed-lake';

/** As many as one call takes. */
const BATCH = 100;

/** Glue has not deleted some of the versions that it was told to. */
export class TableVersionsError extends Error {
  public readonly name = 'TableVersionsError';
}

/** @see https://docs.aws.amazon.com/glue/latest/webapi/API_BatchDeleteTableVersion.html */
export class GlueTableVersions implements TableVersions {
  public constructor(private readonly glue: GlueClient, private readonly databases: AthenaNames['databases']) {}

  public async list(table: TableName): Promise<readonly string[]> {
    const versions: string[] = [];
    for await (const page of paginateGetTableVersions({ client: this.glue }, this.nameOf(table))) {
      versions.push(...(page.TableVersions ?? []).map(({ VersionId: id }) => id!));
    }
    // Ids are counted, and come as text.
    return versions.sort((left, right) => Number(right) - Number(left));
  }

  public async delete(table: TableName, versions: readonly string[]): Promise<void> {
    for (let start = 0; start < versions.length; start += BATCH) {
      const { Errors: errors } = await this.glue.send(new BatchDeleteTableVersionCommand({
        ...this.nameOf(table), VersionIds: versions.slice(start, start + BATCH),
      }));
      const failed = (errors ?? []).filter(({ ErrorDetail: detail }) => detail?.ErrorCode !== 'EntityNotFoundException');
      if (failed.length === 0) continue;
      const [{ VersionId: id, ErrorDetail: detail }] = failed;
      throw new TableVersionsError(`${table.layer}.${table.name}: Glue has not deleted ${failed.length} versions, `
        + `${id} because of ${detail?.ErrorCode}: ${detail?.ErrorMessage}`);
    }
  }

  private nameOf({ layer, name }: TableName): { readonly DatabaseName: string; readonly TableName: string } {
    return { DatabaseName: this.databases[layer], TableName: name };
  }
}

/** As the construct configured them. Throws MissingEnvironmentError. */
export function deployedTableVersions(): TableVersions {
  return new GlueTableVersions(new GlueClient(CLIENT_SETTINGS), deployedDatabases());
}
