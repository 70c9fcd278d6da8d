import { Command, InvalidArgumentError } from 'commander';
import { explainRow } from '../../operations/explain-row';
import { chosen } from '../choose';
import { connect, deployedCommand, type ConnectionOptions } from '../connection';
import { explanationText } from '../text/explanation-text';

interface ExplainOptions extends ConnectionOptions {
  readonly since?: string;
}

export function explainCommand(): Command {
  return deployedCommand('explain')
    .description('show the changes that made a row of a Silver table, or that keep an item out of it')
    .argument('<table>', 'the Silver table')
    .argument('<key...>', 'a value for each key column')
    .option('--since <day>', 'read no Bronze file written before this day (2026-01-31): less to scan', day)
    .addHelpText('after', '\nIt reads all of the table\'s change log since that day, which Athena bills by the bytes that it scans.')
    .action(async (table: string, key: readonly string[], options: ExplainOptions) => {
      const connection = await connect(options);
      chosen('Silver table', [table], Object.keys(connection.spec.tables));
      const explanation = await explainRow(table, { ...connection, key, since: options.since });
      process.stdout.write(options.json ? `${JSON.stringify(explanation, undefined, 2)}\n` : explanationText(explanation));
    });
}

function day(value: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) throw new InvalidArgumentError('It must be a day such as 2026-01-31.');
  return value;
}
