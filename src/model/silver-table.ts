import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type { Problem } from '../checks/problem';
import type { SilverTableDeclaration } from '../spec/pipeline-declaration';
import { mapValues } from '../spec/silver-columns';
import { Column } from './column';
import { Enrichment } from './enrichment';
import { Expectation } from './expectation';
import { Partition } from './partition';
import { Privacy } from './privacy';
import { listOf, made, mapOf, oneOf, optional, struct, text } from './shape';
import { Source } from './source';
import { TtlDeletes } from './ttl-deletes';

/** What a Silver table holds. Names are `[a-z][a-z0-9_]*` and no reserved word of Athena. */
export interface SilverTableOptions {
  /**
   * The columns that hold the DynamoDB table's key attributes, partition key first. String, integer, bigint, decimal or binary.
   * The SQL: `MERGE INTO orders t USING (…) s ON t.order_id = s.order_id`.
   */
  readonly key: string[];

  /**
   * Column name to type. Order has no meaning. At most 321 columns, enriched columns and the five of the system
   * (`_event_timestamp`, `_sequence`, `_epoch`, `_errors`, `processed_at`) included.
   */
  readonly columns: { [name: string]: Column };

  /**
   * Name of the Bronze change log: the folder `bronze/<name>/` and the table `<name>` in the Bronze database.
   *
   * @default - the Silver table's name
   */
  readonly bronzeName?: string;

  /**
   * What becomes of a row when its item expires.
   *
   * @default TtlDeletes.REMOVE
   */
  readonly ttlDeletes?: TtlDeletes;

  /**
   * How the table's files are divided, outermost first. The SQL: `PARTITIONED BY (month(order_date))`.
   *
   * @default - not partitioned
   */
  readonly partitionBy?: Partition[];

  /**
   * Columns taken from other Silver tables. The SQL: a `LEFT JOIN` each in the source of the MERGE.
   *
   * @default - none
   */
  readonly enrichments?: Enrichment[];

  /**
   * Rules by name. The SQL: a change breaks the rule where `NOT coalesce(try(total_amount >= 0), TRUE)`.
   *
   * @default - none
   */
  readonly expectations?: { [name: string]: Expectation };

  /**
   * Item attributes whose values must not reach the lake, declared as columns or not: Bronze keeps whole items. A member of a map, also
   * of maps in a list, is named by its path: `{ Email: Privacy.hash(), 'Address.Street': Privacy.drop() }`. What was written before a
   * rule stays as it was written; see docs/security.md for that and for what the rules do not reach.
   *
   * @default - none
   */
  readonly privacy?: { [attribute: string]: Privacy };
}

/**
 * A table that holds the current state of a DynamoDB table: one row for each item, equal to the item's latest change, typed and
 * enriched. An Iceberg table in the Silver database.
 */
export class SilverTable {
  /**
   * The current items of a source as rows.
   *
   * @param source where the rows come from; one Silver table for each source.
   */
  public static of(source: Source, options: SilverTableOptions): SilverTable {
    return new SilverTable(source, options);
  }

  private constructor(private readonly source: Source, private readonly options: SilverTableOptions) {}

  /** @internal */
  public _sourceTable(): dynamodb.ITable {
    return this.source._sourceTable();
  }

  /** @internal */
  public _render(name: string): SilverTableDeclaration {
    const { options } = this;
    return {
      bronzeName: options.bronzeName ?? name,
      key: [...options.key],
      columns: mapValues(options.columns, (column, columnName) => column._render(columnName)),
      ttlDeletes: options.ttlDeletes ?? TtlDeletes.REMOVE,
      partitionBy: (options.partitionBy ?? []).map(partition => partition._render()),
      enrichments: (options.enrichments ?? []).map(enrichment => enrichment._render()),
      expectations: mapValues(options.expectations ?? {}, expectation => expectation._render()),
      // Only where there is something to say: the definition of every other table keeps its hash.
      ...Object.keys(options.privacy ?? {}).length > 0 && { privacy: mapValues(options.privacy!, rule => rule._render()) },
    };
  }

  /** @internal */
  public _problems(path: string): readonly Problem[] {
    return [...SOURCE(path, this.source), ...OPTIONS(path, this.options)];
  }
}

const SOURCE = made(() => Source, 'SilverTable.of(Source.dynamoDb(table), options)');
const KEY = "key: ['order_id']";

const OPTIONS = struct<SilverTableOptions>({
  key: listOf(text('a key column', KEY), KEY),
  columns: mapOf(made(() => Column, 'Column.string()'), 'columns: { order_id: Column.string() }'),
  bronzeName: optional(text('the Bronze name', "bronzeName: 'orders_log'")),
  ttlDeletes: optional(oneOf(Object.values(TtlDeletes), 'a TtlDeletes is expected', 'TtlDeletes.KEEP')),
  partitionBy: optional(listOf(made(() => Partition, "Partition.month('order_date')"), "partitionBy: [Partition.month('order_date')]")),
  enrichments: optional(listOf(made(() => Enrichment, 'Enrichment.join(…)'), 'enrichments: [Enrichment.join(…)]')),
  expectations: optional(mapOf(made(() => Expectation, "Expectation.warn('total >= 0')"), "expectations: { total: Expectation.warn('total >= 0') }")),
  privacy: optional(mapOf(made(() => Privacy, 'Privacy.hash()'), 'privacy: { Email: Privacy.hash() }')),
}, 'SilverTable.of(source, { key, columns })');
