import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { Command } from 'commander';
import { backfillCommand, healCommand, repairCommand } from './commands/backfill';
import { costCommand } from './commands/cost';
import { explainCommand } from './commands/explain';
import { grafanaCommand } from './commands/grafana';
import { initCommand } from './commands/init';
import { localCommand } from './commands/local';
import { pauseCommand } from './commands/pause';
import { redriveCommand } from './commands/redrive';
import { replayCommand } from './commands/replay';
import { resumeCommand } from './commands/resume';
import { runCommand } from './commands/run';
import { sqlCommand } from './commands/sql';
import { statusCommand } from './commands/status';
import { endWithReader } from './end-with-reader';
import { errorText } from './text/error-text';

endWithReader(process.stdout);

new Command('cdk-medallion-analytics')
  .description('Tools for pipelines built with cdk-medallion-analytics')
  .option('--version', 'print the version')
  .on('option:version', () => {
    process.stdout.write(`${packageVersion()}\n`);
    process.exit();
  })
  .addCommand(initCommand())
  .addCommand(grafanaCommand())
  .addCommand(localCommand())
  .addCommand(sqlCommand())
  .addCommand(costCommand())
  .addCommand(statusCommand())
  .addCommand(runCommand())
  .addCommand(explainCommand())
  .addCommand(redriveCommand())
  .addCommand(replayCommand())
  .addCommand(backfillCommand())
  .addCommand(repairCommand())
  .addCommand(healCommand())
  .addCommand(pauseCommand())
  .addCommand(resumeCommand())
  .parseAsync()
  .catch((error: unknown) => {
    process.stderr.write(`${errorText(error)}\n`);
    process.exitCode = 1;
  });

/** Two folders up, as lambda-src/cli and as assets/cli. */
function packageVersion(): string {
  return (JSON.parse(readFileSync(path.join(__dirname, '..', '..', 'package.json'), 'utf8')) as { readonly version: string }).version;
}
