import {
  BatchDeleteTableCommand, CreateDatabaseCommand, DeleteDatabaseCommand, EntityNotFoundException, GetDatabaseCommand, paginateGetTables,
  UpdateDatabaseCommand, type Database, type GlueClient, type Table,
} from '@aws-sdk/client-glue';
import type { CatalogDatabase, DatabaseCatalog } from '../ports/database-catalog';

/** The database parameter that says to which lake it belongs. */
const OWNER = 'cdk-medallion-analytics.lake';
/** BatchDeleteTable takes so many names. */
const NAMES_AT_ONCE = 100;

/** The Glue catalog of this account and region. */
export class GlueDatabases implements DatabaseCatalog {
  public constructor(private readonly client: GlueClient) {}

  public async find(name: string): Promise<CatalogDatabase | undefined> {
    const database = await this.database(name);
    return database && { owner: database.Parameters?.[OWNER] };
  }

  public async create(name: string, description: string, owner: string): Promise<void> {
    await this.client.send(new CreateDatabaseCommand({
      DatabaseInput: { Name: name, Description: description, Parameters: { [OWNER]: owner } },
    }));
  }

  public async setOwner(name: string, owner: string): Promise<void> {
    const database = await this.database(name);
    // Whatever is not said again is lost.
    await this.client.send(new UpdateDatabaseCommand({
      Name: name,
      DatabaseInput: {
        Name: name,
        Description: database?.Description,
        LocationUri: database?.LocationUri,
        CreateTableDefaultPermissions: database?.CreateTableDefaultPermissions,
        Parameters: { ...database?.Parameters, [OWNER]: owner },
      },
    }));
  }

  public async locations(name: string): Promise<readonly string[]> {
    return (await this.tables(name)).flatMap(({ StorageDescriptor: storage }) => storage?.Location ? [storage.Location] : []);
  }

  public async delete(name: string): Promise<void> {
    // Glue itself removes tables of a deleted database only some time later.
    const tables = (await this.tables(name)).map(table => table.Name!);
    for (let start = 0; start < tables.length; start += NAMES_AT_ONCE) {
      const { Errors: errors } = await this.client.send(new BatchDeleteTableCommand({
        DatabaseName: name, TablesToDelete: tables.slice(start, start + NAMES_AT_ONCE),
      }));
      const [failed] = (errors ?? []).filter(({ ErrorDetail: detail }) => detail?.ErrorCode !== 'EntityNotFoundException');
      if (failed) throw new Error(`${name}.${failed.TableName} could not be deleted: ${failed.ErrorDetail?.ErrorMessage}`);
    }
    await this.client.send(new DeleteDatabaseCommand({ Name: name }));
  }

  private async tables(name: string): Promise<Table[]> {
    const tables: Table[] = [];
    for await (const { TableList: page } of paginateGetTables({ client: this.client }, { DatabaseName: name })) tables.push(...page ?? []);
    return tables;
  }

  private async database(name: string): Promise<Database | undefined> {
    try {
      return (await this.client.send(new GetDatabaseCommand({ Name: name }))).Database;
    } catch (error) {
      if (error instanceof EntityNotFoundException) return undefined;
      throw error;
    }
  }
}
