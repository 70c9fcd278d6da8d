import { App, CfnParameter, Duration, Lazy, Stack, Token } from 'aws-cdk-lib';
import { Column, MedallionAnalyticsPipeline, SilverTable, Source, type IngestionOptions } from '../../src';
import { ingestionProblems } from '../../src/checks/ingestion';
import { minimal, sourceTable } from '../pipeline/pipelines';

const untyped = (value: unknown): never => value as never;
const parameter = () => new CfnParameter(new Stack(), 'Parameter', { type: 'Number' }).valueAsNumber;

test.each<[string, IngestionOptions, string]>([
  ['no change', { batchSize: 0 }, 'ingestion.batchSize: it must be a whole number of changes (0). Fix: give a whole number from 1 to 10000'],
  ['half a change', { batchSize: 1.5 }, 'ingestion.batchSize: it must be a whole number of changes (1.5). Fix: give a whole number from 1 to 10000'],
  ['not a number', { batchSize: NaN }, 'ingestion.batchSize: it must be a whole number of changes (NaN). Fix: give a whole number from 1 to 10000'],
  ['more changes than Lambda hands over', { batchSize: 10_001 },
    'ingestion.batchSize: it must be a whole number of changes (10001). Fix: give a whole number from 1 to 10000'],
  ['eleven batches at once', { parallelizationFactor: 11 },
    'ingestion.parallelizationFactor: it must be a whole number of batches side by side (11). Fix: give a whole number from 1 to 10'],
  ['half a second', { batchingWindow: Duration.millis(500) },
    'ingestion.batchingWindow: Lambda gathers changes for whole seconds, 5 minutes at most (0.5 s). Fix: give Duration.seconds(n), n from 0 to 300'],
  ['six minutes', { batchingWindow: Duration.minutes(6) },
    'ingestion.batchingWindow: Lambda gathers changes for whole seconds, 5 minutes at most (360 s). Fix: give Duration.seconds(n), n from 0 to 300'],
  ['a parameter as size', { batchSize: parameter() },
    'ingestion.batchSize: the value is not known at synth. Fix: give the value itself, no token or parameter'],
  ['a token as factor', { parallelizationFactor: Token.asNumber(Lazy.any({ produce: () => 2 })) },
    'ingestion.parallelizationFactor: the value is not known at synth. Fix: give the value itself, no token or parameter'],
  ['a parameter as window', { batchingWindow: Duration.seconds(parameter()) },
    'ingestion.batchingWindow: the value is not known at synth. Fix: give the value itself, no token or parameter'],
  ['text as size', untyped({ batchSize: '100' }), "ingestion.batchSize: the batch size must be a number (the text '100'). Fix: batchSize: 10_000"],
  ['a number as window', untyped({ batchingWindow: 60 }),
    'ingestion.batchingWindow: a Duration is expected (60). Fix: batchingWindow: Duration.seconds(60)'],
  ['a filter', untyped({ filters: [] }),
    'ingestion: there is no property of that name (filters). Fix: use batchSize, batchingWindow, parallelizationFactor'],
])('%s is refused with a value that would do', (_, ingestion, problem) => {
  expect(() => minimal({ ingestion })).toThrow(problem);
});

test.each<[string, IngestionOptions]>([
  ['the least', { batchSize: 1, batchingWindow: Duration.seconds(0), parallelizationFactor: 1 }],
  ['the most', { batchSize: 10_000, batchingWindow: Duration.seconds(300), parallelizationFactor: 10 }],
  ['nothing', {}],
])('%s is taken', (_, ingestion) => {
  expect(ingestionProblems(ingestion)).toEqual([]);
  expect(() => minimal({ ingestion })).not.toThrow();
});

test('everything wrong is said at once, beside what is wrong with the definition, tokens in it too', () => {
  const ingestion = { batchSize: 0, batchingWindow: Duration.hours(1), parallelizationFactor: 99 };
  const stack = new Stack(new App(), 'Shop');
  const table = (attribute: string, key: string) => SilverTable.of(Source.dynamoDb(sourceTable(stack, `Table${stack.node.children.length}`)), {
    key: [key], columns: { customer_id: Column.string(attribute) },
  });
  const build = (id: string, customers: SilverTable) => () =>
    new MedallionAnalyticsPipeline(stack, id, { tables: { customers }, ingestion });
  expect(build('Keys', table('CustomerID', 'nothing'))).toThrow(/has 4 problems:\n[^]*batchSize[^]*parallelizationFactor[^]*batchingWindow/);
  expect(build('Tokens', table(new CfnParameter(stack, 'Attribute').valueAsString, 'customer_id'))).toThrow(/has 4 problems:\ntables\.[^]*batchSize/);
});
