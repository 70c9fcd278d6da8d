import { Command } from 'commander';
import { costCommand } from './commands/cost';
import { explainCommand } from './commands/explain';
import { initCommand } from './commands/init';
import { localCommand } from './commands/local';
import { runCommand } from './commands/run';
import { sqlCommand } from './commands/sql';
import { statusCommand } from './commands/status';

new Command('cdk-medallion-analytics')
  .description('Tools for pipelines built with cdk-medallion-analytics')
  .addCommand(initCommand())
  .addCommand(localCommand())
  .addCommand(sqlCommand())
  .addCommand(costCommand())
  .addCommand(statusCommand())
  .addCommand(runCommand())
  .addCommand(explainCommand())
  .parseAsync()
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
