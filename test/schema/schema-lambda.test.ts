import type { SchemaReport } from '../../lambda-src/schema/schema';
import type { SchemaAnswer, SchemaEvent } from '../../lambda-src/schema/schema.lambda';
import { MemoryDatabaseCatalog } from '../helpers/memory-database-catalog';
import { MemoryObjectStore } from '../helpers/memory-object-store';

const names = { bronze: 'shop_bronze', silver: 'shop_silver', gold: 'shop_gold', bookkeeping: 'shop_bookkeeping' };
const lake = { catalog: new MemoryDatabaseCatalog(), store: new MemoryObjectStore(), databases: names, pipeline: 'shop' };
const apply = jest.fn<Promise<SchemaReport>, [object]>();
jest.mock('../../lambda-src/aws/deployed-lake', () => ({ deployedLake: () => lake }));
jest.mock('../../lambda-src/schema/schema', () => ({ Schema: class { public readonly apply = apply; } }));

let handler: (event: SchemaEvent) => Promise<SchemaAnswer>;
beforeAll(() => {
  Object.assign(process.env, { PIPELINE: 'shop', METRIC_DETAIL: 'pipeline', POWERTOOLS_LOG_LEVEL: 'SILENT' });
  ({ handler } = jest.requireActual<{ handler: typeof handler }>('../../lambda-src/schema/schema.lambda'));
});
beforeEach(() => { apply.mockReset().mockResolvedValue({ created: [], extended: [], retained: [], widened: [], redefined: [] }); });

const PLACE = { pipeline: 'shop', bucket: 'lake' } as const;
const DATABASES = { ResourceType: 'Custom::MedallionDatabases', ResourceProperties: { ...PLACE, removal: 'keep' } } as const;
const TABLES = {
  ResourceType: 'Custom::MedallionTables',
  ResourceProperties: {
    ...PLACE, definition: 'a', sources: [{ tableArn: 'arn:aws:dynamodb:eu-west-1:1:table/orders', bronzeName: 'orders' }],
  },
} as const;

test('the databases are made, and left again when nothing was in them', async () => {
  expect(await handler({ RequestType: 'Create', ...DATABASES })).toEqual({ PhysicalResourceId: 'shop-databases' });
  expect(lake.catalog.names()).toEqual(Object.values(names).sort());
  expect(await handler({ RequestType: 'Delete', ...DATABASES })).toEqual({ PhysicalResourceId: 'shop-databases' });
  expect(lake.catalog.names()).toEqual([]);
});

test('the databases of a pipeline that has another name are none of its business', async () => {
  await handler({ RequestType: 'Create', ...DATABASES });
  await handler({ ...DATABASES, RequestType: 'Delete', ResourceProperties: { ...DATABASES.ResourceProperties, pipeline: 'former', removal: 'delete' } });
  expect(lake.catalog.names()).toEqual(Object.values(names).sort());
});

test.each(['Create', 'Update'] as const)('a %s of the tables applies the definition', async RequestType => {
  expect(await handler({ RequestType, ...TABLES })).toEqual({ PhysicalResourceId: 'shop-tables' });
  expect(apply).toHaveBeenCalledWith({ 'arn:aws:dynamodb:eu-west-1:1:table/orders': 'orders' });
});

test('a delete leaves the tables to their databases', async () => {
  expect(await handler({ RequestType: 'Delete', ...TABLES })).toEqual({ PhysicalResourceId: 'shop-tables' });
  expect(apply).not.toHaveBeenCalled();
});

test('what Lake Formation refuses fails the deploy with the fix', async () => {
  apply.mockRejectedValue(new Error('Insufficient Lake Formation permission(s): Required Create Table on shop_silver'));
  await expect(handler({ RequestType: 'Update', ...TABLES })).rejects.toThrow(/Fix: a Lake Formation administrator leaves the databases shop_bronze/);
});
