// A stranger's app in plain JavaScript: the packed library, aws-cdk-lib, constructs and nothing else.
const { App, Duration, Stack } = require('aws-cdk-lib');
const { AttributeType, StreamViewType, Table } = require('aws-cdk-lib/aws-dynamodb');
const { Column, GoldTable, KeyMetric, Measure, MedallionAnalyticsPipeline, SilverTable, Source, Window } = require('cdk-medallion-analytics');

const app = new App({ outdir: 'cdk.out' });
const stack = new Stack(app, 'Shop');
const orders = new Table(stack, 'Orders', {
  partitionKey: { name: 'OrderID', type: AttributeType.STRING },
  stream: StreamViewType.NEW_AND_OLD_IMAGES,
});

new MedallionAnalyticsPipeline(stack, 'Analytics', {
  tables: {
    orders: SilverTable.of(Source.dynamoDb(orders), {
      key: ['order_id'],
      columns: {
        order_id: Column.string('OrderID'),
        region: Column.string('Region'),
        ordered_at: Column.timestamp('OrderedAt'),
        amount: Column.decimal(12, 2, 'Amount'),
      },
    }),
  },
  gold: {
    sales_by_region: GoldTable.aggregate({
      silverTable: 'orders',
      groupBy: { region: 'region' },
      measures: { order_count: Measure.count(), revenue: Measure.sum('amount') },
    }),
    key_figures: GoldTable.metrics({
      silverTable: 'orders',
      timeColumn: 'ordered_at',
      metrics: { orders_today: KeyMetric.count(Window.today()), revenue_7d: KeyMetric.sum('amount', Window.last(Duration.days(7))) },
    }),
  },
});

app.synth();
