import { AthenaCompiler } from './athena';
import type { Query, TableName } from './nodes';

/**
 * SQL of a dashboard: Athena's, with macros of Grafana's Athena plugin. Tables have no database, which the data source names; so the
 * same text runs wherever the Gold tables are.
 */
export function grafanaSql(query: Query): string {
  return new GrafanaCompiler().query(query);
}

class GrafanaCompiler extends AthenaCompiler {
  public constructor() {
    super({ databases: { bronze: '', silver: '', gold: '', bookkeeping: '' }, location: () => '' });
  }

  protected override tableName({ layer, name }: TableName): string {
    if (layer !== 'gold') throw new TypeError(`a dashboard reads Gold, not the ${layer} table ${name}`);
    return this.identifier(name);
  }
}
