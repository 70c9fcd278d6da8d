import type { Command } from 'commander';
import { DeployedPipelineError } from '../../aws/find-deployed-pipeline';
import { StepFunctionsBackfills } from '../../aws/step-functions-backfills';
import { untilEnded } from '../../operations/run-backfill';
import { chosen } from '../choose';
import { connect, deployedCommand, type Connection, type ConnectionOptions } from '../connection';

interface BackfillOptions extends ConnectionOptions {
  readonly table?: readonly string[];
  readonly name?: string;
  readonly wait: boolean;
}

export function backfillCommand(): Command {
  return loading('backfill', 'full', 'load all items of the source tables from an export, those older than the stream among them');
}

export function repairCommand(): Command {
  return loading('repair', 'repair', 'load all items from an export, and remove rows that are older than it and not in it');
}

function loading(command: string, kind: 'full' | 'repair', description: string): Command {
  return deployedCommand(command)
    .description(description)
    .option('--table <table...>', 'only these Silver tables')
    .option('--name <name>', 'name of the execution: the same name starts nothing twice', `${kind}-${new Date().toISOString().slice(0, 16).replace(/\D/g, '-')}`)
    .option('--no-wait', 'return once it has been started')
    .addHelpText('after', '\nThe source tables need point-in-time recovery; DynamoDB charges for the export by the size of a table. It may take hours,'
      + '\nand goes on when this command is interrupted.\nExit code: 0 if it ended well or was only started, 1 if it failed.')
    .action(async (options: BackfillOptions) => {
      process.exitCode = await load(kind, options);
    });
}

async function load(kind: 'full' | 'repair', { table, name, wait, json, ...options }: BackfillOptions): Promise<number> {
  const connection = await connect(options);
  const tables = chosen('Silver table', table, Object.keys(connection.deployed.tables));
  const executions = new StepFunctionsBackfills(stateMachineOf(connection));
  const executionArn = await executions.start(name!, { kind, tables });
  const tell = (line: string) => json ? undefined : process.stderr.write(`${line}\n`);
  tell(`${kind} of ${tables.join(', ')} runs as ${executionArn}`);
  if (!wait) {
    if (json) process.stdout.write(`${JSON.stringify({ executionArn, state: 'running' }, undefined, 2)}\n`);
    return 0;
  }
  const end = await untilEnded(executions, executionArn, connection.clock, () => tell('  it goes on …'));
  if (json) process.stdout.write(`${JSON.stringify({ executionArn, ...end }, undefined, 2)}\n`);
  else if (end.state === 'failed') process.stderr.write(`it failed: ${end.message}\nWhat was loaded stays; start it again with another --name.\n`);
  else process.stdout.write('all of it is in Bronze; the next Silver run takes what has not been taken yet\n');
  return end.state === 'failed' ? 1 : 0;
}

function stateMachineOf({ deployed }: Connection): string {
  const arn = deployed.stateMachines?.backfill;
  if (arn === undefined) throw new DeployedPipelineError(`${deployed.name} was deployed by a version without backfills: deploy the stack again with the present one`);
  return arn;
}
