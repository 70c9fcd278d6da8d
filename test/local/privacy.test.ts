import * as path from 'node:path';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { temporaryFolder } from '../helpers/temporary-folder';
import { LocalWorld } from './local-world';
import { shopSpec } from './shop-spec';

const folder = temporaryFolder();

/** The example, whose customers are private. */
function privateShop(): PipelineSpec {
  const shop = shopSpec(path.join(folder, 'cdk.out'));
  const { customers, orders_enriched: orders } = shop.tables;
  return {
    ...shop,
    tables: {
      ...shop.tables,
      customers: { ...customers, privacy: { CustomerID: 'hash', Name: 'hash' } },
      orders_enriched: { ...orders, privacy: { CustomerID: 'hash' } },
    },
  };
}

test('a pipeline with private attributes runs on a laptop, joins by hashes, and every table equals the source', async () => {
  const world = await LocalWorld.run(folder, privateShop(), { rows: 40, updates: 20, deletes: 5, seed: 4 });
  try {
    expect(world.report.rounds.flatMap(({ checks }) => checks).filter(({ verdict }) => verdict === 'different')).toEqual([]);
    const hashed = (text: string): string => `count(*) FILTER (WHERE regexp_matches(${text}, '^[0-9a-f]{80}$'))`;
    const [silver] = await world.pipeline.read(`SELECT count(*) AS "all", ${hashed('customer_id')} AS hashed FROM silver.customers`);
    expect(Number(silver.all)).toBeGreaterThan(0);
    expect(silver.hashed).toBe(silver.all);
    // A name may be NULL, and is hashed if it is there.
    const name = "json_extract_string(_new_image, '$.Name.S')";
    const images = `read_parquet('${world.pipeline.lake}/bronze/customers/**/*.parquet')`;
    const [bronze] = await world.pipeline.read(`SELECT count(${name}) AS "all", ${hashed(name)} AS hashed FROM ${images}`);
    expect(Number(bronze.all)).toBeGreaterThan(0);
    expect(bronze.hashed).toBe(bronze.all);
    const [{ joined }] = await world.pipeline.read('SELECT count(customer_region) AS joined FROM silver.orders_enriched');
    expect(Number(joined)).toBeGreaterThan(0);
  } finally {
    await world.pipeline.close();
  }
});
