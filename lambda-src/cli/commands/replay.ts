import type { Command } from 'commander';
import { LambdaStageInvoker } from '../../aws/lambda-stage-invoker';
import type { ReplayReport, ReplayRequest } from '../../rebuild/replay';
import { chosen } from '../choose';
import { connect, deployedCommand, deployedFunction, type ConnectionOptions } from '../connection';

interface ReplayOptions extends ConnectionOptions {
  readonly table: string;
  readonly dropped?: true;
}

export function replayCommand(): Command {
  return deployedCommand('replay')
    .description('put the changes of a table through again that a quarantine rule holds back')
    .requiredOption('--table <table>', 'the Silver table')
    .option('--dropped', 'those that a drop rule keeps out as well')
    .addHelpText('after', '\nA changed rule does that by itself. The next Silver run takes what passes now; the rest stays where it is.'
      + '\nExit code: 0 if all could be read, 1 if something was skipped or the replay failed.')
    .action(async (options: ReplayOptions) => {
      process.exitCode = await replay(options);
    });
}

async function replay({ table, dropped, json, ...options }: ReplayOptions): Promise<number> {
  const { deployed } = await connect(options);
  const [name] = chosen('Silver table', [table], Object.keys(deployed.tables));
  const request: ReplayRequest = { table: name, actions: dropped ? ['quarantine', 'drop'] : ['quarantine'] };
  const outcome = await new LambdaStageInvoker().invoke(deployedFunction(deployed, 'rebuild'), { replay: request });
  if (json) process.stdout.write(`${JSON.stringify(outcome, undefined, 2)}\n`);
  if (outcome.state === 'failed') {
    if (!json) process.stderr.write(`the replay failed: ${outcome.message}\n`);
    return 1;
  }
  const { heldBack, changes, files, skipped } = outcome.answer as ReplayReport;
  if (!json) {
    process.stdout.write(`${name}: ${heldBack} changes are held back, ${changes} of them are in ${files.length} new Bronze files\n`);
    for (const { file, reason } of skipped) process.stdout.write(`left out: ${file}: ${reason}\n`);
  }
  return skipped.length === 0 ? 0 : 1;
}
