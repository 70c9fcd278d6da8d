import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { CfnDatabase } from 'aws-cdk-lib/aws-glue';
import { Construct } from 'constructs';
import { databaseName, type Layer } from '../spec/storage-layout';

const DESCRIPTIONS: { readonly [layer in Layer]: string } = {
  bronze: 'Change logs of the source tables, as they came',
  silver: 'Current items of the source tables, typed and enriched',
  gold: 'Aggregates for dashboards',
  bookkeeping: 'What the pipeline remembers about its own runs; not for reading',
};

export interface CatalogProps {
  /** Name of the pipeline; a database is called `<name>_<layer>`. */
  readonly name: string;
  /** With `DESTROY` Glue deletes the tables together with their database. */
  readonly removalPolicy: RemovalPolicy;
}

/** One Glue database a layer. */
export class Catalog extends Construct {
  public readonly databases: { readonly [layer in Layer]: CfnDatabase };

  public constructor(scope: Construct, id: string, private readonly props: CatalogProps) {
    super(scope, id);
    this.databases = {
      bronze: this.database('Bronze', 'bronze'),
      silver: this.database('Silver', 'silver'),
      gold: this.database('Gold', 'gold'),
      bookkeeping: this.database('Bookkeeping', 'bookkeeping'),
    };
  }

  public databaseName(layer: Layer): string {
    return databaseName(this.props.name, layer);
  }

  private database(id: string, layer: Layer): CfnDatabase {
    const database = new CfnDatabase(this, id, {
      catalogId: Aws.ACCOUNT_ID,
      databaseInput: { name: this.databaseName(layer), description: DESCRIPTIONS[layer] },
    });
    database.applyRemovalPolicy(kept(this.props.removalPolicy));
    return database;
  }
}

/** A first deploy that fails leaves no database behind: its name would be taken when the deploy is tried again. */
function kept(removalPolicy: RemovalPolicy): RemovalPolicy {
  return removalPolicy === RemovalPolicy.RETAIN ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : removalPolicy;
}
