import { Command } from 'commander';
import { DynamoDbTableSampler } from '../../aws/dynamodb-table-sampler';
import { inferColumns } from '../../init/infer-columns';
import { propsText } from '../../init/props-text';
import { applyCredentials } from '../connection';
import { count } from '../options';

interface InitOptions {
  readonly table: string;
  readonly items: number;
  readonly region?: string;
  readonly profile?: string;
  readonly json?: true;
}

export function initCommand(): Command {
  return new Command('init')
    .description('look at some items of an existing DynamoDB table and print the TypeScript that declares it')
    .requiredOption('--table <name>', 'the DynamoDB table')
    .option('--items <number>', 'how many items to look at', count, 500)
    .option('--region <region>', 'AWS region (default: as the AWS command line finds it)')
    .option('--profile <profile>', 'profile of ~/.aws/config (default: as the AWS command line finds it)')
    .option('--json', 'a JSON list of the columns')
    .addHelpText('after', '\nIt only reads: describes the table and scans that many items. Read what it prints: a sample does not show every value.')
    .action(async (options: InitOptions) => {
      applyCredentials(options);
      const sample = await new DynamoDbTableSampler().sample(options.table, Math.max(1, options.items));
      process.stdout.write(options.json ? `${JSON.stringify(inferColumns(sample), undefined, 2)}\n` : propsText(sample));
    });
}
