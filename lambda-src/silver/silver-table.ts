import type { SqlType } from '../../src/expression/sql-type';
import { bronzePhysicalType } from '../../src/spec/bronze-columns';
import { goldColumnsUsed } from '../../src/spec/gold-columns-used';
import type { EnrichmentSpec, ExpectationSpec, Named, PartitionSpec, PipelineSpec, SilverTableSpec } from '../../src/spec/pipeline-spec';
import { dataColumns, enrichedColumns, ownColumns, sqlTypeOf } from '../../src/spec/silver-columns';
import { absentTableName, ledgerTableName, quarantineViewName } from '../../src/spec/storage-layout';
import { SILVER_SYSTEM_COLUMNS } from '../../src/spec/system-columns';
import { cast, column } from '../sql/build';
import type { SqlExpression, TableName } from '../sql/nodes';

/** A Silver table as the statements about it need it. */
export class SilverTable {
  public readonly definition: SilverTableSpec;
  public readonly target: TableName;
  public readonly absent: TableName;
  public readonly ledger: TableName;
  public readonly quarantine: TableName;
  public readonly key: readonly string[];
  /** Declared columns, the key among them. */
  public readonly own: Named<SqlType>;
  public readonly enriched: Named<SqlType>;
  public readonly data: Named<SqlType>;
  /** What the ledger keeps old and new values of; undefined if no Gold table reads this one. */
  public readonly tracked: Named<SqlType> | undefined;

  public constructor(public readonly spec: PipelineSpec, public readonly name: string) {
    this.definition = spec.tables[name];
    this.target = { layer: 'silver', name };
    this.absent = { layer: 'bookkeeping', name: absentTableName(name) };
    this.ledger = { layer: 'bookkeeping', name: ledgerTableName(name) };
    this.quarantine = { layer: 'silver', name: quarantineViewName(name) };
    this.key = this.definition.key;
    this.own = ownColumns(spec, name);
    this.enriched = enrichedColumns(spec, name);
    this.data = dataColumns(spec, name);
    this.tracked = goldColumnsUsed(spec, name);
  }

  public get bronzeName(): string {
    return this.definition.bronzeName;
  }

  public get enrichments(): readonly EnrichmentSpec[] {
    return this.definition.enrichments;
  }

  public get expectations(): readonly (ExpectationSpec & { readonly name: string })[] {
    return Object.entries(this.definition.expectations).map(([name, expectation]) => ({ ...expectation, name }));
  }

  /** Partitions that a MERGE can be cut by; a bucket is spread over all its keys and cannot. */
  public get partitions(): readonly Exclude<PartitionSpec, { transform: 'bucket' }>[] {
    return this.definition.partitionBy.filter(partition => partition.transform !== 'bucket');
  }

  /** How many writers one partition value may open. */
  public get buckets(): number {
    return this.definition.partitionBy.reduce((product, partition) => partition.transform === 'bucket' ? product * partition.buckets : product, 1);
  }

  /** Columns that the table has, but that are declared no more. */
  public retired(columns: Named<SqlType>): Named<SqlType> {
    const declared: Named<SqlType> = { ...this.data, ...SILVER_SYSTEM_COLUMNS };
    return Object.fromEntries(Object.entries(columns).filter(([name]) => !Object.hasOwn(declared, name)));
  }

  /** The Silver value of a declared column that a Bronze file holds. */
  public fromBronze(alias: string, name: string): SqlExpression {
    const { type } = this.definition.columns[name];
    const value = column(alias, name);
    switch (type.kind) {
      case 'timestamp': return { kind: 'from-micros', operand: value };
      case 'list': case 'set': case 'map': case 'struct': return { kind: 'from-json', operand: value, type: sqlTypeOf(type) };
      default: return bronzePhysicalType(type).kind === sqlTypeOf(type).kind ? value : cast(value, sqlTypeOf(type));
    }
  }
}
