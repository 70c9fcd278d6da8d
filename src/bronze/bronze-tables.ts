import { Aws } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-glue';
import { Construct } from 'constructs';
import { bronzeColumns } from '../spec/bronze-columns';
import type { PipelineSpec, SilverTableSpec } from '../spec/pipeline-spec';
import { bronzePrefix, manifestTableName, RUNS_PREFIX } from '../spec/storage-layout';
import type { Lake } from '../storage/lake';
import { hiveType } from './hive-type';

const PARQUET = {
  inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
  outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
};
/** Reads the Parquet files that lie elsewhere and are listed in text files here. */
const LISTED_PARQUET = {
  inputFormat: 'org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat',
  outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
};
const PARQUET_SERDE = { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' };

/** No file was written before this day, and a query without a bound on `dt` looks into every hour since. */
const FIRST_DAY = '2026-01-01';

export interface BronzeTablesProps {
  readonly lake: Lake;
  readonly spec: PipelineSpec;
}

/**
 * Two Glue tables over each change log: all of it by the hour of writing, for people, and the files of one run, for Silver.
 * Their partitions are computed from the names, so nobody has to register any.
 */
export class BronzeTables extends Construct {
  public constructor(scope: Construct, id: string, private readonly props: BronzeTablesProps) {
    super(scope, id);
    for (const table of Object.values(props.spec.tables)) {
      this.changeLog(table);
      this.runs(table);
    }
    props.lake.identity.pin(this);
  }

  private changeLog(table: SilverTableSpec): void {
    const location = this.props.lake.bucket.s3UrlForObject(bronzePrefix(table.bronzeName));
    this.table(table.bronzeName, `Every change of ${table.bronzeName}, by the hour (UTC) in which it was written`, {
      columns: columnsOf(table),
      location,
      format: PARQUET,
      partitionKeys: [{ name: 'dt', type: 'string' }, { name: 'hr', type: 'int' }],
      parameters: {
        'projection.dt.type': 'date',
        'projection.dt.format': 'yyyy-MM-dd',
        // A day more, for a file whose writer's clock is ahead of Athena's.
        'projection.dt.range': `${FIRST_DAY},NOW+1DAY`,
        'projection.hr.type': 'integer',
        'projection.hr.range': '0,23',
        'projection.hr.digits': '2',
        'storage.location.template': `${location}dt=\${dt}/hr=\${hr}/`,
      },
    });
  }

  private runs(table: SilverTableSpec): void {
    const location = this.props.lake.bucket.s3UrlForObject(`${RUNS_PREFIX}${table.bronzeName}/`);
    this.table(manifestTableName(table.bronzeName), `The changes of ${table.bronzeName} that one Silver run reads`, {
      columns: columnsOf(table),
      location,
      format: LISTED_PARQUET,
      partitionKeys: [{ name: 'run', type: 'string' }],
      parameters: {
        'projection.run.type': 'injected',
        'storage.location.template': `${location}run=\${run}/`,
      },
    });
  }

  private table(name: string, description: string, layout: {
    readonly columns: CfnTable.ColumnProperty[];
    readonly location: string;
    readonly format: typeof PARQUET;
    readonly partitionKeys: CfnTable.ColumnProperty[];
    readonly parameters: { readonly [name: string]: string };
  }): void {
    new CfnTable(this, name, {
      catalogId: Aws.ACCOUNT_ID,
      databaseName: this.props.lake.catalog.databaseName('bronze'),
      tableInput: {
        name,
        description,
        tableType: 'EXTERNAL_TABLE',
        parameters: { 'EXTERNAL': 'TRUE', 'classification': 'parquet', 'projection.enabled': 'true', ...layout.parameters },
        partitionKeys: layout.partitionKeys,
        storageDescriptor: { ...layout.format, columns: layout.columns, location: layout.location, serdeInfo: PARQUET_SERDE },
      },
    });
  }
}

function columnsOf(table: SilverTableSpec): CfnTable.ColumnProperty[] {
  return Object.entries(bronzeColumns(table)).map(([name, type]) => ({ name, type: hiveType(type) }));
}
