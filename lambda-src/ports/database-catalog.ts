/** The databases of a catalog that everything in the account shares: names there may be taken, by anybody. */
export interface DatabaseCatalog {
  find(name: string): Promise<CatalogDatabase | undefined>;
  /** `owner` is kept with the database, for `find` to tell. */
  create(name: string, description: string, owner: string): Promise<void>;
  setOwner(name: string, owner: string): Promise<void>;
  /** Where the tables of a database lie; views lie nowhere. */
  locations(name: string): Promise<readonly string[]>;
  /** With all its tables; their files stay. */
  delete(name: string): Promise<void>;
}

export interface CatalogDatabase {
  readonly owner?: string;
}
