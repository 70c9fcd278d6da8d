import { loadExpressionParser } from '../../src/expression/parser';
import { BOOLEAN, type SqlType } from '../../src/expression/sql-type';
import type { ColumnType } from '../../src/spec/column-type';
import type { PipelineSpec, UserExpression } from '../../src/spec/pipeline-spec';

/** A type of every kind, nested ones among them, each a column named by it. */
export const EVERY_TYPE: { readonly [column: string]: ColumnType } = {
  text: { kind: 'string' },
  flag: { kind: 'boolean' },
  small: { kind: 'integer' },
  large: { kind: 'bigint' },
  floating: { kind: 'double' },
  money: { kind: 'decimal', precision: 12, scale: 2 },
  exact: { kind: 'decimal', precision: 38, scale: 10 },
  day: { kind: 'date' },
  bytes: { kind: 'binary' },
  iso: { kind: 'timestamp', format: { kind: 'iso8601' } },
  seconds: { kind: 'timestamp', format: { kind: 'epoch-seconds' } },
  milliseconds: { kind: 'timestamp', format: { kind: 'epoch-milliseconds' } },
  local_time: { kind: 'timestamp', format: { kind: 'pattern', pattern: 'dd.MM.yyyy HH:mm:ss.SSS', timeZone: 'Europe/Berlin' } },
  offset_time: { kind: 'timestamp', format: { kind: 'pattern', pattern: "yyyy-MM-dd'T'HH:mm:ssXXX", timeZone: 'Etc/UTC' } },
  anything: { kind: 'json' },
  words: { kind: 'list', element: { kind: 'string' } },
  matrix: { kind: 'list', element: { kind: 'list', element: { kind: 'integer' } } },
  numbers: { kind: 'set', element: { kind: 'decimal', precision: 10, scale: 3 } },
  labels: { kind: 'set', element: { kind: 'string' } },
  scores: { kind: 'map', value: { kind: 'double' } },
  address: {
    kind: 'struct',
    fields: {
      street: { attribute: 'Street/~"Name', type: { kind: 'string' } },
      since: { attribute: 'Since', type: { kind: 'date' } },
      notes: { attribute: 'Notes', type: { kind: 'json' } },
    },
  },
};

/** A fact with a column of every type, joined to a dimension that is joined to another; composite keys and every kind of rule. */
export const EVERY_TYPE_PIPELINE: PipelineSpec = {
  specVersion: 1,
  timeZone: 'Europe/Berlin',
  tables: {
    countries: {
      ...bare('countries'),
      key: ['country_id'],
      ttlDeletes: 'keep',
      columns: { country_id: { attribute: 'CountryID', type: { kind: 'integer' } }, label: { attribute: 'Label', type: { kind: 'string' } } },
    },
    shops: {
      ...bare('shops'),
      key: ['country_id', 'shop_id'],
      columns: {
        country_id: { attribute: 'CountryID', type: { kind: 'integer' } },
        shop_id: { attribute: 'ShopID', type: { kind: 'string' } },
        tags: { attribute: 'Tags', type: EVERY_TYPE.labels },
      },
      enrichments: [{ table: 'countries', on: { country_id: 'country_id' }, columns: { country: 'label' } }],
    },
    facts: {
      ...bare('facts'),
      key: ['fact_id'],
      columns: {
        fact_id: { attribute: 'FactID', type: { kind: 'binary' } },
        country_id: { attribute: 'CountryID', type: { kind: 'integer' } },
        shop_id: { attribute: 'ShopID', type: { kind: 'string' } },
        ...Object.fromEntries(Object.entries(EVERY_TYPE).map(([name, type]) => [name, { attribute: `The.${name}`, type }])),
      },
      enrichments: [{
        table: 'shops', on: { country_id: 'country_id', shop_id: 'shop_id' }, columns: { shop_country: 'country', shop_tags: 'tags' },
      }],
      expectations: {
        small_enough: { action: 'quarantine', predicate: expression('small <= 900', BOOLEAN) },
        flagged: { action: 'drop', predicate: expression("flag OR text <> 'amber'", BOOLEAN) },
        known: { action: 'warn', predicate: expression('money IS NOT NULL', BOOLEAN) },
      },
    },
  },
  gold: {
    by_country: {
      kind: 'aggregate',
      definitionHash: 'g1',
      silverTable: 'facts',
      refresh: { kind: 'changed' },
      groupBy: { shop_country: expression('shop_country', { kind: 'varchar' }), flag: expression('flag', BOOLEAN) },
      measures: {
        facts: { aggregate: 'count', type: { kind: 'bigint' } },
        total: { aggregate: 'sum', column: 'floating', type: { kind: 'double' } },
        mean: { aggregate: 'avg', column: 'money', type: { kind: 'double' } },
        latest: { aggregate: 'max', column: 'local_time', type: { kind: 'timestamp' } },
      },
    },
    shop_list: {
      kind: 'snapshot',
      definitionHash: 'g2',
      silverTable: 'shops',
      refresh: { kind: 'changed' },
      columns: {
        country_id: expression('country_id', { kind: 'integer' }),
        shop_id: expression('shop_id', { kind: 'varchar' }),
        country: expression('country', { kind: 'varchar' }),
      },
      key: { country_id: 'country_id', shop_id: 'shop_id' },
    },
    figures: {
      kind: 'metrics',
      definitionHash: 'g3',
      silverTable: 'facts',
      refresh: { kind: 'changed' },
      timeColumn: 'iso',
      valueType: { kind: 'double' },
      metrics: {
        facts_today: { aggregate: 'count', window: { kind: 'today', timeZone: 'America/New_York' } },
        floating_30d: { aggregate: 'sum', column: 'floating', window: { kind: 'last', unit: 'day', count: 30, timeZone: 'Europe/Berlin' }, previous: true },
        facts_36h: { aggregate: 'count', window: { kind: 'last', unit: 'hour', count: 36, timeZone: 'Asia/Kolkata' }, previous: true },
        facts_ever: { aggregate: 'count', where: expression('flag', BOOLEAN), window: { kind: 'all-time' } },
      },
    },
  },
  dashboards: {},
};

function bare(bronzeName: string) {
  return { definitionHash: `hash of ${bronzeName}`, bronzeName, ttlDeletes: 'remove' as const, partitionBy: [], enrichments: [], expectations: {} };
}

export function expression(text: string, type: SqlType): UserExpression {
  const result = loadExpressionParser()(text);
  if (result.kind === 'failed') throw new Error(`${text}: ${JSON.stringify(result.problems)}`);
  return { text, tree: result.tree, type };
}
