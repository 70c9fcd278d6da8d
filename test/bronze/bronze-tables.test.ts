import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { CfnTable } from 'aws-cdk-lib/aws-glue';
import { Column, MedallionAnalyticsPipeline, SilverTable, Source } from '../../src';
import { sourceTable } from '../pipeline/pipelines';

const stack = new Stack(new App(), 'Shop');
new MedallionAnalyticsPipeline(stack, 'Analytics', {
  name: 'shop',
  tables: {
    orders_current: SilverTable.of(Source.dynamoDb(sourceTable(stack, 'Orders', 'OrderID')), {
      bronzeName: 'orders',
      key: ['order_id'],
      columns: {
        order_id: Column.string('OrderID'),
        placed: Column.timestamp('Placed'),
        day: Column.date('Day'),
        paid: Column.bool('Paid'),
        items: Column.integer('Items'),
        visits: Column.bigint('Visits'),
        weight: Column.doublePrecision('Weight'),
        total: Column.decimal(12, 2, 'Total'),
        photo: Column.binary('Photo'),
        extra: Column.json('Extra'),
        tags: Column.set(Column.string(), 'Tags'),
        lines: Column.list(Column.integer(), 'Lines'),
        prices: Column.map(Column.decimal(10, 2), 'Prices'),
        address: Column.struct({ city: Column.string('City') }, 'Address'),
      },
    }),
  },
});
const template = Template.fromStack(stack);

function tableInput(name: string): TableInput {
  const [table] = Object.values(template.findResources('AWS::Glue::Table', { Properties: { TableInput: { Name: name } } }));
  return (table.Properties as { TableInput: TableInput }).TableInput;
}

interface TableInput {
  readonly Parameters: { readonly [name: string]: unknown };
  readonly PartitionKeys: readonly { readonly Name: string; readonly Type: string }[];
  readonly StorageDescriptor: {
    readonly Columns: readonly { readonly Name: string; readonly Type: string }[];
    readonly InputFormat: string;
    readonly SerdeInfo: CfnTable.SerdeInfoProperty;
  };
}

test('both tables have the columns of the files, each in its physical class', () => {
  const types = (name: string) => Object.fromEntries(tableInput(name).StorageDescriptor.Columns.map(column => [column.Name, column.Type]));
  expect(types('orders')).toEqual({
    order_id: 'string',
    placed: 'bigint',
    day: 'date',
    paid: 'boolean',
    items: 'bigint',
    visits: 'bigint',
    weight: 'double',
    total: 'decimal(12,2)',
    photo: 'binary',
    extra: 'string',
    tags: 'string',
    lines: 'string',
    prices: 'string',
    address: 'string',
    _event_name: 'string',
    _event_timestamp: 'bigint',
    _table_name: 'string',
    _event_id: 'string',
    _sequence: 'string',
    _ttl_delete: 'boolean',
    _new_image: 'string',
    _old_image: 'string',
    _errors: 'string',
    _epoch: 'bigint',
  });
  expect(types('orders_runs')).toEqual(types('orders'));
});

test('a change log is projected over the hours in which files can have been written', () => {
  const { Parameters: parameters, PartitionKeys: keys } = tableInput('orders');
  expect(keys).toEqual([{ Name: 'dt', Type: 'string' }, { Name: 'hr', Type: 'int' }]);
  expect(parameters).toMatchObject({
    'projection.enabled': 'true',
    'projection.dt.type': 'date',
    'projection.dt.format': 'yyyy-MM-dd',
    'projection.dt.range': '2026-01-01,NOW+1DAY',
    'projection.hr.type': 'integer',
    'projection.hr.range': '0,23',
    'projection.hr.digits': '2',
  });
  expect(JSON.stringify(parameters['storage.location.template'])).toContain('/bronze/orders/dt=${dt}/hr=${hr}/');
});

test('a run is read through its manifest, one run a statement', () => {
  const { Parameters: parameters, PartitionKeys: keys, StorageDescriptor: storage } = tableInput('orders_runs');
  expect(keys).toEqual([{ Name: 'run', Type: 'string' }]);
  expect(parameters).toMatchObject({ 'projection.enabled': 'true', 'projection.run.type': 'injected' });
  expect(JSON.stringify(parameters['storage.location.template'])).toContain('/runs/orders/run=${run}/');
  expect(storage.InputFormat).toBe('org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat');
  expect(storage.SerdeInfo).toEqual({ SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' });
});

test('the tables live in the Bronze database of the pipeline', () => {
  template.resourceCountIs('AWS::Glue::Table', 2);
  template.allResourcesProperties('AWS::Glue::Table', { CatalogId: { Ref: 'AWS::AccountId' }, DatabaseName: 'shop_bronze' });
  for (const { DependsOn: before } of Object.values(template.findResources('AWS::Glue::Table'))) {
    expect(before).toContainEqual(expect.stringContaining('SchemaTables'));
  }
});
