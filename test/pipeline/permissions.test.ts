import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountPrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { MedallionAnalyticsPipeline } from '../../src';
import { customers, minimal, permissions, statementsOf } from './pipelines';

const { template } = minimal();
const BUCKET = '<ShopLakeStorageBucket.Arn>';

function on(role: string, action: string): string[] {
  return permissions(template, role).filter(line => line.startsWith(`${action} `)).map(line => line.slice(action.length + 1));
}

function glue(resource: string): string {
  return `arn:<AWS::Partition>:glue:<AWS::Region>:<AWS::AccountId>:${resource}`;
}

test('nobody may do anything to everything, but for listing streams and delivering logs and traces, which AWS does not divide', () => {
  const unlimited = statementsOf(template, '').filter(({ Resource: resource }) => [resource].flat().includes('*'));
  const services = unlimited.map(({ Action: action }) => [...new Set([action].flat().map(one => one.replace(/^(?!dynamodb)(.*):.*/, '$1')))].join());
  expect(services).toEqual(['dynamodb:ListStreams', 'logs', 'xray']);
});

test('no action is a pattern', () => {
  const actions = statementsOf(template, '').flatMap(({ Action: action }) => [action].flat());
  expect(actions.filter(action => action.includes('*'))).toEqual([]);
});

test('only the lake, the source streams and the own functions are named', () => {
  const resources = new Set(permissions(template, 'Analytics').map(line => line.split(' ')[1]));
  const known = [
    /^<ShopLakeStorageBucket\.Arn>(\/.+)?$/, /:catalog$/, /:database\/default$/, /:(database|table|tableVersion|userDefinedFunction)\/shop_(bronze|silver|gold|bookkeeping)(\/\*)?$/,
    /^<\w+LakeDeadLettersQueue\.Arn>$/, /:workgroup\/shop$/, /:event-bus\/default$/, /^<Analytics(Bronze|Redrive|Silver|Gold|Maintenance|Rebuild|Schema|Backfill)(Handler|Provider)(Function|Logs|)\.Arn>(:\*)?$/, /^<Customers\.(StreamArn|Arn>\/export\/\*|Arn)>?$/, /^\*$/,
    /^<AnalyticsBackfillMachine[0-9A-F]{8}>$/, /:states:.*:execution:.*AnalyticsBackfillMachine[0-9A-F]{8}.*(\/Tables)?:\*$/,
  ];
  expect([...resources].filter(resource => !known.some(form => form.test(resource)))).toEqual([]);
});

describe('Bronze', () => {
  test('writes change logs, rejected records and failed batches, nothing else', () => {
    expect(on('BronzeHandler', 's3:PutObject')).toEqual([`${BUCKET}/aws/lambda/*`, `${BUCKET}/bronze/*`, `${BUCKET}/rejected/*`]);
  });

  test('reads the deploy record and no other object', () => {
    expect(on('BronzeHandler', 's3:GetObject')).toEqual([`${BUCKET}/deployment.json`]);
  });

  test('runs no SQL and never deletes', () => {
    const lines = permissions(template, 'BronzeHandler');
    expect(lines.filter(line => /^(athena|glue):|Delete/.test(line))).toEqual([]);
  });

  test('reads the source by its stream alone', () => {
    const dynamo = permissions(template, 'BronzeHandler').filter(line => line.startsWith('dynamodb:'));
    expect(dynamo).toEqual([
      'dynamodb:DescribeStream <Customers.StreamArn>', 'dynamodb:GetRecords <Customers.StreamArn>',
      'dynamodb:GetShardIterator <Customers.StreamArn>', 'dynamodb:ListStreams *',
    ]);
  });
});

describe('Redrive', () => {
  test('reads what was set aside and the deploy record', () => {
    expect(on('RedriveHandler', 's3:GetObject')).toEqual([`${BUCKET}/aws/lambda/*`, `${BUCKET}/deployment.json`, `${BUCKET}/rejected/*`]);
  });

  test('deletes nothing but what was set aside, and adds to change logs and what is done', () => {
    expect(on('RedriveHandler', 's3:DeleteObject')).toEqual([`${BUCKET}/aws/lambda/*`, `${BUCKET}/rejected/*`]);
    expect(on('RedriveHandler', 's3:PutObject')).toEqual([`${BUCKET}/bronze/*`, `${BUCKET}/done/*`, `${BUCKET}/rejected/*`]);
  });

  test('knows no source, no SQL and no other function', () => {
    expect(permissions(template, 'RedriveHandler').filter(line => /^(athena|glue|dynamodb|lambda):/.test(line))).toEqual([]);
  });
});

describe('Maintenance', () => {
  test('deletes data files of Iceberg tables and run manifests, and no change log', () => {
    expect(on('MaintenanceHandler', 's3:DeleteObject')).toEqual([`${BUCKET}/bookkeeping/*`, `${BUCKET}/gold/*`, `${BUCKET}/runs/*`, `${BUCKET}/silver/*`]);
  });

  test('reads no change', () => {
    expect(on('MaintenanceHandler', 's3:GetObject')).toContain(`${BUCKET}/rebuilds/*`);
    expect(on('MaintenanceHandler', 's3:GetObject').filter(resource => /bronze|rejected|aws/.test(resource))).toEqual([]);
  });

  test('reads whether a table is being rebuilt', () => {
    expect(on('MaintenanceHandler', 's3:GetObject')).toContain(`${BUCKET}/rebuilds/*`);
  });

  test('removes former entries of its own tables', () => {
    const resources = on('MaintenanceHandler', 'glue:BatchDeleteTableVersion').filter(resource => /tableVersion/.test(resource));
    expect(resources).toEqual(['bookkeeping', 'gold', 'silver'].map(layer => glue(`tableVersion/shop_${layer}/*`)));
  });
});

describe('Silver', () => {
  test('commits to Silver and bookkeeping only', () => {
    const tables = (action: string) => on('SilverHandler', action).filter(resource => resource.includes(':table/'));
    expect(tables('glue:UpdateTable')).toEqual([glue('table/shop_bookkeeping/*'), glue('table/shop_silver/*')]);
    expect(on('SilverHandler', 's3:DeleteObject')).toEqual([`${BUCKET}/bookkeeping/*`, `${BUCKET}/silver/*`]);
  });

  test('cannot change a change log', () => {
    const writes = permissions(template, 'SilverHandler').filter(line => /Put|Delete|Update|Create/.test(line) && line.includes('bronze'));
    expect(writes).toEqual([]);
  });

  test('starts Gold and rebuilds and nothing else', () => {
    expect(on('SilverHandlerRole', 'lambda:InvokeFunction')).toEqual(['<AnalyticsGoldHandlerFunction.Arn>', '<AnalyticsRebuildHandlerFunction.Arn>']);
  });

  test('creates no tables', () => {
    expect(on('SilverHandler', 'glue:CreateTable')).toEqual([]);
  });
});

describe('Gold', () => {
  test('commits to Gold only', () => {
    expect(on('GoldHandler', 's3:DeleteObject')).toEqual([`${BUCKET}/gold/*`]);
    expect(on('GoldHandler', 'glue:UpdateTable').filter(resource => resource.includes(':table/'))).toEqual([glue('table/shop_gold/*')]);
  });

  test('sends events in its own name to the default event bus, and to no other', () => {
    const sending = statementsOf(template, 'GoldHandler').filter(({ Action: action }) => action === 'events:PutEvents');
    expect(on('GoldHandler', 'events:PutEvents')).toEqual(['arn:<AWS::Partition>:events:<AWS::Region>:<AWS::AccountId>:event-bus/default']);
    expect(sending).toEqual([expect.objectContaining({ Condition: { StringEquals: { 'events:source': 'cdk-medallion-analytics' } } })]);
    expect(permissions(template, '').filter(line => line.startsWith('events:'))).toHaveLength(1);
  });

  test('never reads the change logs', () => {
    expect(permissions(template, 'GoldHandler').filter(line => /bronze|runs/.test(line))).toEqual([]);
  });
});

describe('Rebuild', () => {
  test('adds to change logs and writes down how far it is, nothing else', () => {
    expect(on('RebuildHandler', 's3:PutObject')).toEqual([`${BUCKET}/athena-results/*`, `${BUCKET}/bronze/*`, `${BUCKET}/rebuilds/*`]);
    expect(permissions(template, 'RebuildHandler').filter(line => /Delete|UpdateTable|CreateTable/.test(line))).toEqual([]);
  });

  test('looks up what rules hold back, but no table of the user', () => {
    expect(on('RebuildHandler', 'glue:GetTable').filter(resource => resource.includes(':table/'))).toEqual([glue('table/shop_bookkeeping/*')]);
  });

  test('goes on by itself, and starts nothing else', () => {
    expect(on('RebuildGoOn', 'lambda:InvokeFunction')).toEqual(['<AnalyticsRebuildHandlerFunction.Arn>']);
  });
});

describe('Schema', () => {
  test('creates tables in the three layers that are Iceberg', () => {
    const tables = on('SchemaHandler', 'glue:CreateTable').filter(resource => resource.includes(':table/'));
    expect(tables).toEqual([glue('table/shop_bookkeeping/*'), glue('table/shop_gold/*'), glue('table/shop_silver/*')]);
  });

  test('looks change logs up without reading them', () => {
    expect(on('SchemaHandler', 'glue:GetTable')).toContain(glue('table/shop_bronze/*'));
    expect(on('SchemaHandler', 's3:GetObject')).not.toContain(`${BUCKET}/bronze/*`);
  });

  test('alone makes and removes databases', () => {
    const managing = (role: string): string[] => permissions(template, role).filter(line => /^glue:(CreateDatabase|UpdateDatabase|.*Delete)/.test(line) && !line.includes('TableVersion '));
    expect(managing('SchemaHandler')).toEqual(expect.arrayContaining([
      `glue:CreateDatabase ${glue('database/shop_bronze')}`, `glue:DeleteDatabase ${glue('userDefinedFunction/shop_gold/*')}`,
    ]));
    expect(managing('')).toEqual(managing('SchemaHandler'));
  });
});

describe('docs/security.md', () => {
  const text = readFileSync(path.join(__dirname, '..', '..', 'docs', 'security.md'), 'utf8');
  const [rights, lakeFormation] = [/^\| role \| reads .*?\n\n/ms, /^\| role \| database .*?\n\n/ms].map(table => text.match(table)![0].split('\n'));
  const cells = (rows: readonly string[], role: string): string[] => rows.find(row => row.startsWith(`| ${role} |`))!.split(' | ');
  const stages = ['Bronze', 'Redrive', 'Silver', 'Gold', 'Maintenance', 'Rebuild', 'Backfill'];

  /** Keys in code, and the folders of tables that are named by their layer. */
  function named(cell: string): string[] {
    const [, layers = ''] = /((?:Bronze|Silver|Gold|bookkeeping|, | and )+) tables/.exec(cell) ?? [];
    const keys = [...cell.matchAll(/`([a-z/]+(?:\/|\.json))`/g)].map(([, key]) => key);
    return [...new Set([...keys, ...(layers.match(/\w+/g) ?? []).filter(word => word !== 'and').map(layer => `${layer.toLowerCase()}/`)])].sort();
  }

  function allowed(stage: string, action: string): string[] {
    return on(`${stage}HandlerRole`, action).map(resource => resource.slice(BUCKET.length + 1).replace('*', '')).filter(key => key !== 'athena-results/').sort();
  }

  test.each(stages)('lists what %s reads and writes', stage => {
    const [, reads, writes] = cells(rights, stage);
    expect(named(reads)).toEqual(allowed(stage, 's3:GetObject'));
    expect(named(writes.split(/; (?:deletes|starts|events)/)[0])).toEqual(allowed(stage, 's3:PutObject'));
  });

  test.each(stages.slice(2))('tells Lake Formation of the tables that %s looks up and changes', stage => {
    const layersOf = (action: string) => on(`${stage}HandlerRole`, action).flatMap(resource => /:table\/shop_(\w+)\//.exec(resource)?.[1] ?? []).sort();
    const [, , tables] = cells(lakeFormation, stage);
    const [changed = ''] = /`SELECT`, `INSERT`.*/.exec(tables) ?? [];
    expect(tables.match(/bronze|silver|gold|bookkeeping/g)?.sort()).toEqual(layersOf('glue:GetTable'));
    expect((changed.match(/bronze|silver|gold|bookkeeping/g) ?? []).sort()).toEqual(layersOf('glue:UpdateTable'));
  });
});

test.each(['Silver', 'Gold', 'Rebuild', 'Schema'])('%s uses Athena in its own workgroup only', stage => {
  const athena = permissions(template, `${stage}Handler`).filter(line => line.startsWith('athena:')).map(line => line.split(' ')[1]);
  expect(new Set(athena)).toEqual(new Set(['arn:<AWS::Partition>:athena:<AWS::Region>:<AWS::AccountId>:workgroup/shop']));
});

test('a schedule may start its own function and keep what it cannot deliver, and no other account may use its role', () => {
  expect(permissions(template, 'SilverSchedule')).toEqual([
    'lambda:InvokeFunction <AnalyticsSilverHandlerFunction.Arn>', expect.stringMatching(/^sqs:SendMessage <\w+LakeDeadLettersQueue\.Arn>$/),
  ]);
  template.hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [{
        Principal: { Service: 'scheduler.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }],
    },
  });
});

describe('grantQuery', () => {
  const stack = new Stack(new App(), 'Shop');
  const pipeline = new MedallionAnalyticsPipeline(stack, 'Analytics', { tables: { customers: customers(stack) }, name: 'shop' });
  const analyst = new Role(stack, 'Analyst', { assumedBy: new AccountPrincipal('111122223333') });
  const grant = pipeline.grantQuery(analyst);
  const lines = permissions(Template.fromStack(stack), 'AnalystDefaultPolicy');

  test('lets somebody read Silver and Gold', () => {
    expect(lines).toEqual(expect.arrayContaining([
      `glue:GetTable ${glue('table/shop_gold/*')}`, `glue:GetTable ${glue('table/shop_silver/*')}`,
      `s3:GetObject ${BUCKET}/gold/*`, `s3:GetObject ${BUCKET}/silver/*`,
    ]));
    expect(grant.success).toBe(true);
  });

  test('keeps change logs, bookkeeping and the journal closed', () => {
    expect(lines.filter(line => /bronze|bookkeeping|journal|deployment/.test(line))).toEqual([]);
  });

  test('lets nothing be written but query results', () => {
    const writes = lines.filter(line => /Put|Delete|Update|Create|Abort/.test(line)).map(line => line.split(' ')[1]);
    expect(new Set(writes)).toEqual(new Set([`${BUCKET}/athena-results/*`]));
  });

  test('says so when the grantee cannot be given rights', () => {
    expect(pipeline.grantQuery(new ServicePrincipal('grafana.amazonaws.com')).success).toBe(false);
  });
});
