import { Command, Option } from 'commander';
import { databaseName, LAYERS } from '../../../src/spec/storage-layout';
import { choosePipeline, findPipelines, type FoundPipeline } from '../../local/find-pipelines';
import { plannedStatements, STAGES, type PlannedStatement, type Stage } from '../../operations/planned-statements';
import { athenaSql, type AthenaNames } from '../../sql/athena';
import { chosen } from '../choose';

interface SqlOptions {
  readonly app: string;
  readonly pipeline?: string;
  readonly stage?: Stage;
  readonly table?: string;
  readonly json?: true;
}

export function sqlCommand(): Command {
  return new Command('sql')
    .description('print the SQL that a pipeline of a synthesized app will run on Athena')
    .option('--app <folder>', 'the cloud assembly that `npx cdk synth` wrote', 'cdk.out')
    .option('--pipeline <path>', 'construct path of the pipeline, if the app has several')
    .addOption(new Option('--stage <stage>', 'only what this stage runs').choices(STAGES))
    .option('--table <table>', 'only what is about this table')
    .option('--json', 'a JSON list of {stage, table, purpose, sql}')
    .addHelpText('after', '\nRun numbers, times and the bucket are an example\'s; all else is what Athena is given, to the letter.')
    .action((options: SqlOptions) => {
      const pipeline = choosePipeline(findPipelines(options.app), options.pipeline);
      const all = plannedStatements(pipeline.spec, new Date());
      const tables = [...new Set(all.map(({ table }) => table))];
      if (options.table !== undefined) chosen('table', [options.table], tables);
      const wanted = all.filter(({ stage, table }) => stage === (options.stage ?? stage) && table === (options.table ?? table));
      const names = exampleNames(pipeline);
      process.stdout.write(options.json ? jsonOf(wanted, names) : textOf(wanted, names));
    });
}

function exampleNames({ name }: FoundPipeline): AthenaNames {
  return {
    databases: Object.fromEntries(LAYERS.map(layer => [layer, databaseName(name, layer)])) as AthenaNames['databases'],
    location: ({ layer, name: table }) => `s3://THE-PIPELINES-BUCKET/${layer}/${table}/`,
  };
}

function textOf(statements: readonly PlannedStatement[], names: AthenaNames): string {
  return statements
    .map(({ stage, table, purpose, statement }) => `-- ${stage} · ${table}: ${purpose}\n${athenaSql(statement, names)};\n`)
    .join('\n');
}

function jsonOf(statements: readonly PlannedStatement[], names: AthenaNames): string {
  const rows = statements.map(({ statement, ...about }) => ({ ...about, sql: athenaSql(statement, names) }));
  return `${JSON.stringify(rows, undefined, 2)}\n`;
}
