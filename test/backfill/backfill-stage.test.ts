import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, StreamViewType, Table, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { AwsSolutionsChecks } from 'cdk-nag';
import * as ends from '../../lambda-src/backfill/backfill-end';
import type { BackfillEvent } from '../../lambda-src/backfill/backfill.lambda';
import * as errors from '../../lambda-src/backfill/errors';
import * as tableExports from '../../lambda-src/ports/table-exports';
import { AlarmSetting, Column, MedallionAnalyticsPipeline, SilverTable, Source, type BackfillOptions } from '../../src';
import { stateMachineOf as definition, StateMachineRun, type TaskHandler } from '../helpers/state-machine';
import { customers, minimal, permissions } from '../pipeline/pipelines';

describe('the backfill', () => {
  const { template, pipeline } = minimal();

  test('is a state machine that asks its function to go on, with a named end for what fails', () => {
    const { States: states } = definition(template);
    expect(Object.keys(states)).toEqual(expect.arrayContaining(['Plan', 'Tables', 'Conclude', 'Done', 'BackfillFailed']));
    expect(states.Plan).toMatchObject({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'BackfillFailed' }] });
    expect(states.BackfillFailed).toMatchObject({ Type: 'Fail', ErrorPath: '$.failure.Error', CausePath: '$.failure.Cause' });
    const { States: inner } = (states.Tables as { ItemProcessor: { States: Record<string, Record<string, unknown>> } }).ItemProcessor;
    expect(inner.Waiting).toMatchObject({ SecondsPath: '$.step.seconds', Next: 'Advance' });
    expect(inner.Advance).toMatchObject({ Catch: [{ Next: 'TableOver' }] });
  });

  test('has an execution of its own for each table, and one that breaks off stops no other', () => {
    const { States: states } = definition(template);
    expect(states.Tables).toMatchObject({
      ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } }, ToleratedFailurePercentage: 100,
    });
  });

  test('hands over what was planned and how each table ended, as lists', () => {
    const { States: states } = definition(template);
    expect(states.Tables).toMatchObject({ ItemsPath: '$.backfills', ResultPath: '$.ends', Next: 'Conclude' });
    expect(states.Conclude).toMatchObject({ Parameters: { 'action': 'conclude', 'backfills.$': '$.backfills', 'ends.$': '$.ends', 'execution.$': '$$.Execution.Name' } });
  });

  describe('asks again', () => {
    const request = { id: 'mine-orders', table: 'orders', kind: 'full' };
    const askedFor = async (action: BackfillEvent['action'], name: string) => {
      const asked: string[] = [];
      const task: TaskHandler = async (event: BackfillEvent) => {
        asked.push(event.action);
        if (event.action === action) throw Object.assign(new Error('no'), { name });
        return event.action === 'plan' ? { backfills: [request] } : { state: 'done' };
      };
      await new StateMachineRun({ task, wait: () => undefined }, 'mine').execute(definition(template), {});
      return asked.filter(one => one === action).length;
    };
    const own = Object.keys({ ...errors, ...ends, ...tableExports }).filter(name => name.endsWith('Error'));

    test.each(own.filter(name => !['BackfillBusyError', 'SettlementTooSlowError'].includes(name)))('not where its function says %s, which another try would not change', async name => {
      expect(await Promise.all((['plan', 'advance', 'conclude'] as const).map(action => askedFor(action, name)))).toEqual([1, 1, 1]);
    });

    test.each([
      'BackfillBusyError', 'SettlementTooSlowError', 'ProvisionedThroughputExceededException', 'SlowDown', 'InternalServerError', 'Error', 'Lambda.TooManyRequestsException',
      'Runtime.ExitError', 'Sandbox.Timedout',
    ])('ten times more where it says %s, which may pass', async name => {
      expect(await askedFor('advance', name)).toBe(11);
    });

    test('not where the state or the code is wrong', async () => {
      expect(await Promise.all(['IncompatibleStateError', 'HashKeyError', 'TypeError'].map(name => askedFor('advance', name)))).toEqual([1, 1, 1]);
    });
  });

  test('may go on for a week for each four tables, which are at work side by side', () => {
    const timeoutOf = (tables: number) => {
      const stack = new Stack(new App(), 'Shop');
      new MedallionAnalyticsPipeline(stack, 'Analytics', {
        tables: Object.fromEntries(Array.from({ length: tables }, (_, index) => [`customers_${index}`, customers(stack, `Customers${index}`)])),
      });
      return (definition(Template.fromStack(stack)) as unknown as { TimeoutSeconds: number }).TimeoutSeconds / 86_400;
    };
    expect([1, 4, 5, 12].map(timeoutOf)).toEqual([7, 7, 14, 21]);
  });

  test('may export and read the source tables, and write rows', () => {
    const lines = permissions(template, 'BackfillHandler');
    expect(lines.filter(line => line.startsWith('dynamodb:'))).toEqual([
      'dynamodb:BatchGetItem <Customers.Arn>', 'dynamodb:DescribeContinuousBackups <Customers.Arn>',
      'dynamodb:DescribeExport <Customers.Arn>/export/*', 'dynamodb:ExportTableToPointInTime <Customers.Arn>',
    ]);
    const written = lines.filter(line => line.startsWith('s3:PutObject ')).map(line => line.replace(/^.*>\//, ''));
    expect(written).toEqual(['athena-results/*', 'backfills/*', 'bronze/*', 'exports/*', 'rejected/*', 'runs/*']);
    expect(lines.filter(line => /Delete|glue:Update|glue:Create/.test(line))).toEqual([]);
  });

  test('may start Silver, and its state machine the function, and nothing else', () => {
    expect(permissions(template, 'BackfillHandler').filter(line => line.startsWith('lambda:'))).toEqual(['lambda:InvokeFunction <AnalyticsSilverHandlerFunction.Arn>']);
    expect(permissions(template, 'BackfillMachineRole').filter(line => line.startsWith('lambda:'))).toEqual(['lambda:InvokeFunction <AnalyticsBackfillHandlerFunction.Arn>']);
  });

  test('may start, watch, stop and take up again executions of itself, one for each table', () => {
    const lines = permissions(template, 'BackfillMachine').filter(line => line.startsWith('states:'));
    expect(lines.map(line => line.replace(/<AnalyticsBackfillMachine\w*>|\{.*\}/, 'MACHINE').replace(/arn.*execution/, 'execution'))).toEqual([
      'states:DescribeExecution execution:MACHINE:*', 'states:RedriveExecution execution:MACHINE/Tables:*',
      'states:StartExecution MACHINE', 'states:StopExecution execution:MACHINE:*',
    ]);
  });

  test('alarms when it fails and when it takes too long', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'shop-backfill-failed',
      Metrics: Match.arrayWith(['ExecutionsFailed', 'ExecutionsTimedOut'].map(name => Match.objectLike({
        MetricStat: { Metric: Match.objectLike({ MetricName: name }), Stat: 'Sum', Period: 300 }, ReturnData: false,
      }))),
    });
  });

  test('starts by hand only, unless it is told otherwise', () => {
    template.resourceCountIs('AWS::Events::Rule', 0);
    expect(pipeline.backfillStateMachine.stateMachineArn).toBeDefined();
  });

  test('clears exports away after a fortnight', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: Match.arrayWith([Match.objectLike({ Prefix: 'exports/', ExpirationInDays: 14 })]) },
    });
  });
});

test('at first deploy it starts when the whole stack stands', () => {
  const { template } = minimal({ backfill: { atFirstDeploy: true } });
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      'source': ['aws.cloudformation'],
      'detail-type': ['CloudFormation Stack Status Change'],
      'detail': { 'stack-id': [{ Ref: 'AWS::StackId' }], 'status-details': { status: ['CREATE_COMPLETE', 'UPDATE_COMPLETE'] } },
    },
    Targets: [Match.objectLike({ Input: '{"kind":"first"}' })],
  });
});

describe('a first deploy whose end the rule has not seen', () => {
  const { template } = minimal({ backfill: { atFirstDeploy: true } });

  test('is made up for every night, of tables that nobody has begun to load', () => {
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'cron(50 4 * * ? *)',
      Target: {
        Arn: { Ref: Match.stringLikeRegexp('BackfillMachine') },
        Input: '{"kind":"missed"}',
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('DeadLetters'), 'Arn'] } },
      },
    });
  });

  test('by a schedule that may start executions and nothing else', () => {
    expect(permissions(template, 'BackfillMissedRole')).toEqual([
      expect.stringMatching(/^sqs:SendMessage /), expect.stringMatching(/^states:StartExecution <AnalyticsBackfillMachine\w*>$/),
    ]);
  });

  test('costs nothing where nobody asked for first loads', () => {
    minimal().template.resourcePropertiesCountIs('AWS::Scheduler::Schedule', { Target: { Input: Match.anyValue() } }, 0);
  });
});

test('an alarm starts it, with what the alarm says', () => {
  const stack = new Stack(new App(), 'Shop');
  const alarm = Alarm.fromAlarmArn(stack, 'Age', 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:age');
  new MedallionAnalyticsPipeline(stack, 'Analytics', { tables: { customers: customers(stack) }, backfill: { healOn: [alarm] } });
  Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
    EventPattern: { source: ['aws.cloudwatch'], resources: ['arn:aws:cloudwatch:eu-west-1:111122223333:alarm:age'] },
    Targets: [Match.objectLike({ InputPath: '$.detail' })],
  });
});

test('the pipeline\'s own alarm on the age of what Bronze reads starts it where that is asked for', () => {
  const { template } = minimal({ backfill: { healOnIteratorAge: true } });
  const [own] = Object.keys(template.findResources('AWS::CloudWatch::Alarm', { Properties: { AlarmName: 'shop-bronze-iterator-age-critical' } }));
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: { source: ['aws.cloudwatch'], resources: [{ 'Fn::GetAtt': [own, 'Arn'] }], detail: { state: { value: ['ALARM', 'OK'] } } },
    Targets: [Match.objectLike({ InputPath: '$.detail' })],
  });
});

test('it cannot wait for an alarm that is off', () => {
  const off = { alarms: { 'bronze-iterator-age-critical': AlarmSetting.off() } };
  expect(() => minimal({ backfill: { healOnIteratorAge: true }, monitoring: off })).toThrow(/backfill.healOnIteratorAge: it needs the alarm bronze-iterator-age-critical.*Fix: /);
  expect(() => minimal({ backfill: { healOnIteratorAge: false }, monitoring: off })).not.toThrow();
});

describe('without point-in-time recovery', () => {
  const attributes = { tableArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders', tableStreamArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/x' };

  function stackWith(kind: 'off' | 'imported', backfill?: BackfillOptions): Stack {
    const stack = new Stack(new App(), 'Shop');
    const table = kind === 'imported'
      ? Table.fromTableAttributes(stack, 'Orders', attributes)
      : new Table(stack, 'Orders', { partitionKey: { name: 'OrderID', type: AttributeType.STRING }, stream: StreamViewType.NEW_IMAGE });
    const orders = SilverTable.of(Source.dynamoDb(table), { key: ['order_id'], columns: { order_id: Column.string('OrderID') } });
    new MedallionAnalyticsPipeline(stack, 'Analytics', { tables: { orders }, backfill });
    return stack;
  }

  test('it warns, since a repair will need it', () => {
    Annotations.fromStack(stackWith('off')).hasWarning('*', Match.stringLikeRegexp('tables.orders: point-in-time recovery of its DynamoDB table is off.*fix:'));
  });

  test('the first deploy cannot load the table, which is an error', () => {
    Annotations.fromStack(stackWith('off', { atFirstDeploy: true })).hasError('*', Match.stringLikeRegexp('or leave out backfill.atFirstDeploy'));
  });

  test('a gap could not be healed either, which is an error once somebody relies on it', () => {
    Annotations.fromStack(stackWith('off', { healOnIteratorAge: true })).hasError('*', Match.stringLikeRegexp('or leave out backfill.healOnIteratorAge'));
  });

  describe('of a global table', () => {
    const recovery = (on: boolean) => ({ pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: on } });

    function stackWithReplica(here: boolean, there: boolean): Stack {
      const stack = new Stack(new App(), 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
      const table = new TableV2(stack, 'Orders', {
        partitionKey: { name: 'OrderID', type: AttributeType.STRING },
        dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
        ...recovery(here),
        replicas: [{ region: 'us-east-1', ...recovery(there) }],
      });
      const orders = SilverTable.of(Source.dynamoDb(table), { key: ['order_id'], columns: { order_id: Column.string('OrderID') } });
      new MedallionAnalyticsPipeline(stack, 'Analytics', { tables: { orders }, backfill: { atFirstDeploy: true } });
      return stack;
    }

    test('only the replica of this region matters, which is the one that is exported', () => {
      Annotations.fromStack(stackWithReplica(true, false)).hasNoError('*', Match.anyValue());
      Annotations.fromStack(stackWithReplica(false, true)).hasError('*', Match.stringLikeRegexp('point-in-time recovery of its DynamoDB table is off'));
    });
  });

  test('nothing is known of an imported table, so it says what is needed', () => {
    Annotations.fromStack(stackWith('imported', { atFirstDeploy: true })).hasInfo('*', Match.stringLikeRegexp('is not known, the table is imported'));
  });
});

test('AwsSolutions finds nothing, whatever starts it', () => {
  const app = new App();
  const stack = new Stack(app, 'Shop');
  const alarm = Alarm.fromAlarmArn(stack, 'Age', 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:age');
  new MedallionAnalyticsPipeline(stack, 'Analytics', { tables: { customers: customers(stack) }, backfill: { atFirstDeploy: true, healOn: [alarm] } });
  app.synth();
  const { violations } = new AwsSolutionsChecks(app).validate({ appConstruct: app, templatePaths: [] } as never);
  expect(violations.map(({ ruleName, violatingResources }) => `${ruleName} ${violatingResources.map(({ constructPath }) => constructPath).join()}`)).toEqual([]);
});
