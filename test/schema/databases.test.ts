import { Databases, DatabasesTakenError } from '../../lambda-src/schema/databases';
import { CONTROL_KEY } from '../../src/spec/storage-layout';
import { MemoryDatabaseCatalog } from '../helpers/memory-database-catalog';
import { MemoryObjectStore } from '../helpers/memory-object-store';

const NAMES = { bronze: 'shop_bronze', silver: 'shop_silver', gold: 'shop_gold', bookkeeping: 'shop_bookkeeping' };
const ALL = Object.values(NAMES).sort();

/** A bucket of a name of its own. */
class Bucket extends MemoryObjectStore {
  public constructor(private readonly name: string) {
    super();
  }

  public override uri(key: string): string {
    return `s3://${this.name}/${key}`;
  }
}

let catalog: MemoryDatabaseCatalog;
let bucket: Bucket;
beforeEach(() => {
  catalog = new MemoryDatabaseCatalog();
  bucket = new Bucket('lake-1');
});

function databases(store = bucket): Databases {
  return new Databases({ catalog, store, names: NAMES });
}

/** As a pipeline leaves them that has run. */
async function deployedAndRun(): Promise<void> {
  await databases().prepare();
  catalog.addTable('shop_silver', 's3://lake-1/silver/orders/');
  catalog.addTable('shop_bookkeeping', 's3://lake-1/bookkeeping/absent_orders/');
  await bucket.put('bronze/orders/dt=2026-01-01/hr=00/a.parquet', 'rows');
  await bucket.put(CONTROL_KEY, '{}');
}

describe('a deploy', () => {
  test('makes a database for each layer', async () => {
    const report = await databases().prepare();
    expect([...report.created].sort()).toEqual(ALL);
    expect(catalog.names()).toEqual(ALL);
  });

  test('changes nothing when it is repeated', async () => {
    await databases().prepare();
    expect(await databases().prepare()).toEqual({ created: [], adopted: [] });
  });

  test('goes on where an attempt was cut short', async () => {
    catalog.put('shop_bronze', 's3://lake-1/');
    expect((await databases().prepare()).created).toHaveLength(3);
  });

  test('after a destroy takes over what was retained, if it has the bucket', async () => {
    await deployedAndRun();
    expect(await databases().release('keep')).toEqual([]);
    expect(await databases().prepare()).toEqual({ created: [], adopted: [] });
  });

  test('takes over databases without a mark whose tables lie in its bucket', async () => {
    catalog.put('shop_silver');
    catalog.addTable('shop_silver', 's3://lake-1/silver/orders/');
    const report = await databases().prepare();
    expect(report.adopted).toEqual(['shop_silver']);
    expect(await catalog.find('shop_silver')).toEqual({ owner: 's3://lake-1/' });
  });

  test('takes over an empty database whose bucket is gone', async () => {
    catalog.put('shop_gold', 's3://lake-0/');
    expect((await databases().prepare()).adopted).toEqual(['shop_gold']);
  });

  test('without the bucket of what was retained is refused, and says which bucket to give', async () => {
    await deployedAndRun();
    const error: unknown = await databases(new Bucket('lake-2')).prepare().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DatabasesTakenError);
    expect((error as Error).message.split('\n')).toEqual([
      "the deploy is refused and nothing has been touched: this pipeline's bucket is lake-2, but",
      '- the Glue database shop_silver exists, and its tables lie in lake-1',
      '- the Glue database shop_bookkeeping exists, and its tables lie in lake-1',
      'Fix, one of these:',
      "- an earlier deploy of this pipeline has left them: go on with its data, bucket: Bucket.fromBucketName(this, 'Lake', 'lake-1')",
      '- another pipeline has this name in this account and region: give this one another `name`',
      '- nobody needs the data: delete these databases in Glue, and deploy again',
    ]);
  });

  test('that is refused touches nothing', async () => {
    catalog.put('shop_silver', 's3://other/');
    catalog.addTable('shop_silver', 's3://other/silver/orders/');
    await expect(databases().prepare()).rejects.toThrow(DatabasesTakenError);
    expect(catalog.names()).toEqual(['shop_silver']);
    expect(await catalog.find('shop_silver')).toEqual({ owner: 's3://other/' });
  });

  test('does not take a bucket for its own whose name only begins alike', async () => {
    catalog.put('shop_silver');
    catalog.addTable('shop_silver', 's3://lake-10/silver/orders/');
    await expect(databases().prepare()).rejects.toThrow('its tables lie in lake-10');
  });
});

describe('taking the pipeline away', () => {
  test('keeps databases with data', async () => {
    await deployedAndRun();
    expect(await databases().release('keep')).toEqual([]);
    expect(catalog.names()).toEqual(ALL);
  });

  test.each([
    'bronze/orders/dt=2026-01-01/hr=00/a.parquet', 'rejected/orders/a.json', 'aws/lambda/batch.json', CONTROL_KEY,
  ])('takes %s for a sign of data', async key => {
    await databases().prepare();
    await bucket.put(key, 'something');
    expect(await databases().release('keep')).toEqual([]);
  });

  test('before any change has arrived, as after a first deploy that failed, leaves no database behind', async () => {
    await databases().prepare();
    catalog.addTable('shop_silver', 's3://lake-1/silver/orders/');
    await bucket.put('deployment.json', '{}');
    await bucket.put('silver/orders/metadata/00000.metadata.json', '{}');
    expect([...await databases().release('keep')].sort()).toEqual(ALL);
    expect(catalog.names()).toEqual([]);
  });

  test('so that the next attempt, which has another bucket, goes through', async () => {
    await databases().prepare();
    catalog.addTable('shop_silver', 's3://lake-1/silver/orders/');
    await databases().release('keep');
    expect((await databases(new Bucket('lake-2')).prepare()).created).toHaveLength(4);
  });

  test('deletes everything if the user has said so', async () => {
    await deployedAndRun();
    await databases().release('delete');
    expect(catalog.names()).toEqual([]);
  });

  test.each(['keep', 'delete'] as const)('with %s never deletes what belongs to another lake', async removal => {
    catalog.put('shop_silver', 's3://other/');
    catalog.put('shop_gold');
    expect(await databases().release(removal)).toEqual([]);
    expect(catalog.names()).toEqual(['shop_gold', 'shop_silver']);
  });
});
