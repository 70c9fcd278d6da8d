import type { CatalogDatabase, DatabaseCatalog } from '../../lambda-src/ports/database-catalog';

/** A catalog in memory; like Glue's it refuses a name twice and one that is missing. */
export class MemoryDatabaseCatalog implements DatabaseCatalog {
  private readonly databases = new Map<string, { owner?: string; readonly locations: string[] }>();

  public async find(name: string): Promise<CatalogDatabase | undefined> {
    const database = this.databases.get(name);
    return database && { owner: database.owner };
  }

  public async create(name: string, _description: string, owner: string): Promise<void> {
    if (this.databases.has(name)) throw new Error(`database ${name} exists`);
    this.databases.set(name, { owner, locations: [] });
  }

  public async setOwner(name: string, owner: string): Promise<void> {
    this.database(name).owner = owner;
  }

  public async locations(name: string): Promise<readonly string[]> {
    return this.database(name).locations;
  }

  public async delete(name: string): Promise<void> {
    this.database(name);
    this.databases.delete(name);
  }

  /** For a test to arrange: a database that somebody else has made. */
  public put(name: string, owner?: string): void {
    this.databases.set(name, { owner, locations: [] });
  }

  public addTable(database: string, location: string): void {
    this.database(database).locations.push(location);
  }

  public names(): string[] {
    return [...this.databases.keys()].sort();
  }

  private database(name: string): { owner?: string; readonly locations: string[] } {
    const database = this.databases.get(name);
    if (!database) throw new Error(`database ${name} does not exist`);
    return database;
  }
}
