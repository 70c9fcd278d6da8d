import { Command } from 'commander';
import { localCommand } from './commands/local';
import { sqlCommand } from './commands/sql';

new Command('cdk-medallion-analytics')
  .description('Tools for pipelines built with cdk-medallion-analytics')
  .addCommand(localCommand())
  .addCommand(sqlCommand())
  .parseAsync()
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
