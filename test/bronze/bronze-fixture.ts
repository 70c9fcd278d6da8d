import { Bronze, type BronzeReport } from '../../lambda-src/bronze/bronze';
import { DEPLOYMENT_VERSION, type Deployment } from '../../lambda-src/schema/deployment';
import type { ColumnSpec, ColumnType } from '../../src/spec/column-type';
import { SPEC_VERSION, type Named, type PipelineSpec, type SilverTableSpec } from '../../src/spec/pipeline-spec';
import { DEPLOYMENT_KEY } from '../../src/spec/storage-layout';
import { FixedClock } from '../helpers/fixed-clock';
import { MemoryObjectStore } from '../helpers/memory-object-store';
import { tableArn } from '../helpers/stream-records';

export function silverTable(bronzeName: string, key: readonly string[], columns: Named<ColumnSpec>): SilverTableSpec {
  return {
    definitionHash: `hash-of-${bronzeName}`,
    bronzeName,
    key,
    columns,
    ttlDeletes: 'remove',
    partitionBy: [],
    enrichments: [],
    expectations: {},
  };
}

export function pipelineOf(tables: Named<SilverTableSpec>): PipelineSpec {
  return { specVersion: SPEC_VERSION, timeZone: 'UTC', tables, gold: {}, dashboards: {} };
}

/** A deploy of every table of the spec; the source table of Bronze name `orders` is called `Orders`. */
export function deploymentOf(spec: PipelineSpec, epoch = 1): Deployment {
  const tables = Object.entries(spec.tables);
  return {
    formatVersion: DEPLOYMENT_VERSION,
    sources: Object.fromEntries(tables.map(([, table]) => [tableArn(sourceName(table.bronzeName)), table.bronzeName])),
    definitions: Object.fromEntries(tables.map(([name, table]) => [name, [{ epoch, hash: table.definitionHash }]])),
  };
}

export function sourceName(bronzeName: string): string {
  return bronzeName[0].toUpperCase() + bronzeName.slice(1);
}

export const ORDERS = silverTable('orders', ['order_id'], {
  order_id: { attribute: 'OrderID', type: { kind: 'string' } },
  amount: { attribute: 'Amount', type: { kind: 'decimal', precision: 12, scale: 2 } },
  coupon: { attribute: 'Coupon', type: { kind: 'string' } },
});

export const PRODUCTS = silverTable('products', ['product_id'], {
  product_id: { attribute: 'ProductID', type: { kind: 'bigint' } },
  tags: { attribute: 'Tags', type: { kind: 'set', element: { kind: 'string' } } },
});

export const SHOP = pipelineOf({ orders_enriched: ORDERS, products: PRODUCTS });

/** A table with one column `value` of the type beside its key `id`. */
export function oneColumn(type: ColumnType): PipelineSpec {
  return pipelineOf({
    things: silverTable('things', ['id'], {
      id: { attribute: 'Id', type: { kind: 'string' } },
      value: { attribute: 'Value', type },
    }),
  });
}

/** A Bronze core over a store in memory, as a deploy leaves it. */
export class BronzeFixture {
  public static async deployed(spec: PipelineSpec): Promise<BronzeFixture> {
    const clock = new FixedClock('2026-01-31T09:59:59.000Z');
    const store = new MemoryObjectStore(clock);
    await store.put(DEPLOYMENT_KEY, JSON.stringify(deploymentOf(spec)));
    return new BronzeFixture(new Bronze({ spec, store, clock }), store, clock);
  }

  private constructor(public readonly bronze: Bronze, public readonly store: MemoryObjectStore, public readonly clock: FixedClock) {}

  public async ingest(...records: readonly unknown[]): Promise<BronzeReport> {
    return this.bronze.ingest({ Records: records });
  }

  /** The one Parquet file of a change log. */
  public parquet(bronzeName: string): Uint8Array {
    const keys = this.store.keys(`bronze/${bronzeName}/`);
    if (keys.length !== 1) throw new Error(`expected one file of ${bronzeName}, found ${keys.length}`);
    return this.store.bytes(keys[0]);
  }

  public rejected(bronzeName: string): { reason: string; formatVersion: number; record: unknown }[] {
    return this.store.keys(`rejected/${bronzeName}/`)
      .flatMap(key => this.store.text(key).trimEnd().split('\n'))
      .map(line => JSON.parse(line));
  }
}
