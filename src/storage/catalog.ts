import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { databaseName, LAYERS, type Layer } from '../spec/storage-layout';

/**
 * What a pipeline's parts are called in Glue. The databases themselves are made by the Schema stage, which takes over those of an
 * earlier deploy; CloudFormation would stop at a name that is taken.
 */
export class Catalog {
  /** @param name of the pipeline; a database is called `<name>_<layer>`. */
  public constructor(private readonly scope: Construct, private readonly name: string) {}

  public databaseName(layer: Layer): string {
    return databaseName(this.name, layer);
  }

  /** What a request must be allowed to touch that works on tables of some layers: Glue looks at each level. */
  public tableArns(layers: readonly Layer[]): string[] {
    const named = LAYERS.filter(layer => layers.includes(layer)).map(layer => this.databaseName(layer));
    return [
      this.arn('catalog'),
      ...named.map(database => this.arn('database', database)),
      ...named.map(database => this.arn('table', `${database}/*`)),
    ];
  }

  /** As `tableArns`, with the versions of the tables. */
  public tableVersionArns(layers: readonly Layer[]): string[] {
    return [...this.tableArns(layers), ...layers.map(layer => this.arn('tableVersion', `${this.databaseName(layer)}/*`))];
  }

  /** As `tableArns`; who deletes a database deletes its functions too, of which there are none. */
  public databaseArns(): string[] {
    return [...this.tableArns(LAYERS), ...LAYERS.map(layer => this.arn('userDefinedFunction', `${this.databaseName(layer)}/*`))];
  }

  /** Athena looks at the default database before it runs DDL anywhere else. */
  public defaultDatabaseArns(): string[] {
    return [this.arn('catalog'), this.arn('database', 'default')];
  }

  private arn(resource: 'catalog' | 'database' | 'table' | 'tableVersion' | 'userDefinedFunction', resourceName?: string): string {
    const arnFormat = resourceName === undefined ? ArnFormat.NO_RESOURCE_NAME : ArnFormat.SLASH_RESOURCE_NAME;
    return Stack.of(this.scope).formatArn({ service: 'glue', resource, resourceName, arnFormat });
  }
}
