import { Argument } from 'commander';
import type { Command } from 'commander';
import { LambdaStageInvoker } from '../../aws/lambda-stage-invoker';
import { connect, deployedCommand, deployedFunction, type ConnectionOptions } from '../connection';
import { stageReportText } from '../text/stage-report-text';

const STAGES = ['silver', 'gold', 'maintenance'] as const;
type RunnableStage = (typeof STAGES)[number];

export function runCommand(): Command {
  return deployedCommand('run')
    .description('run a stage of a deployed pipeline now, and wait for its end')
    .addArgument(new Argument('<stage>', 'the stage').choices(STAGES))
    .addHelpText('after', '\nExit code: 0 if the stage ended well or another run is at work, 1 if it failed.')
    .action(async (stage: RunnableStage, options: ConnectionOptions) => {
      process.exitCode = await runStage(stage, options);
    });
}

async function runStage(stage: RunnableStage, options: ConnectionOptions): Promise<number> {
  const { deployed } = await connect(options);
  const started = Date.now();
  if (!options.json) process.stderr.write(`${stage} of ${deployed.name} runs …\n`);
  const outcome = await new LambdaStageInvoker().invoke(deployedFunction(deployed, stage), {});
  const seconds = (Date.now() - started) / 1000;
  if (options.json) process.stdout.write(`${JSON.stringify({ stage, seconds, ...outcome }, undefined, 2)}\n`);
  else if (outcome.state === 'failed') process.stderr.write(`${stage} failed after ${seconds.toFixed(1)} s:\n${outcome.message}\n`);
  else process.stdout.write(`${stageReportText(outcome.answer)}\n${stage} ended after ${seconds.toFixed(1)} s\n`);
  return outcome.state === 'failed' ? 1 : 0;
}
