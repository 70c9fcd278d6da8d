import type { Command } from 'commander';
import { LambdaStageInvoker } from '../../aws/lambda-stage-invoker';
import { redriveToEnd } from '../../operations/redrive-to-end';
import type { RedriveRequest } from '../../redrive/redrive-request';
import { chosen } from '../choose';
import { connect, deployedCommand, deployedFunction, type ConnectionOptions } from '../connection';
import { redriveText } from '../text/redrive-text';

interface RedriveOptions extends ConnectionOptions {
  readonly table?: readonly string[];
  readonly dryRun?: true;
}

export function redriveCommand(): Command {
  return deployedCommand('redrive')
    .description('put failed batches and rejected records through Bronze again')
    .option('--table <table...>', 'only what concerns these Silver tables')
    .option('--dry-run', 'only say what there is')
    .addHelpText('after', '\nNothing is deleted before all that it held is in the change log, or rejected anew with the reason that holds now;'
      + '\na redrive that is interrupted can be started again.'
      + '\nExit code: 0 if all went through, 1 if something was left, rejected once more, or failed.')
    .action(async (options: RedriveOptions) => {
      process.exitCode = await redrive(options);
    });
}

async function redrive({ table, dryRun, json, ...options }: RedriveOptions): Promise<number> {
  const { deployed } = await connect(options);
  const request: RedriveRequest = {
    ...table && { tables: chosen('Silver table', table, Object.keys(deployed.tables)) },
    ...dryRun && { dryRun },
  };
  const functionName = deployedFunction(deployed, 'redrive');
  const invoker = new LambdaStageInvoker();
  const tell = (line: string) => json ? undefined : process.stderr.write(`${line}\n`);
  tell(`redrive of ${deployed.name} ${dryRun ? 'looks at what there is' : 'runs'} …`);
  const { report, failure } = await redriveToEnd(request, {
    invoke: one => invoker.invoke(functionName, one),
    progress: ({ filesDone, filesLeft }) => tell(`  ${filesDone} files done, ${filesLeft} left; it goes on …`),
  });
  process.stdout.write(json ? `${JSON.stringify({ ...report, ...(failure !== undefined && { failure }) }, undefined, 2)}\n` : redriveText(report, request));
  if (failure !== undefined) tell(`redrive stopped before its end: ${failure}\nWhat is done is done; run it again for the rest.`);
  const rejected = Object.values(report.tables).some(one => one.rejected > 0);
  return failure !== undefined || report.filesLeft > 0 || rejected ? 1 : 0;
}
