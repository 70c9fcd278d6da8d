import type { Command } from 'commander';
import { DeployedPipelineError } from '../../aws/find-deployed-pipeline';
import { StepFunctionsBackfills } from '../../aws/step-functions-backfills';
import { leftToOthers, untilEnded, type LeftToAnother } from '../../operations/run-backfill';
import { chosen } from '../choose';
import { connect, deployedCommand, type Connection, type ConnectionOptions } from '../connection';
import { isoTime } from '../options';

interface BackfillOptions extends ConnectionOptions {
  readonly table?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly continue?: string;
  readonly name?: string;
  readonly wait: boolean;
}

/** As the state machine's input has it. */
type Kind = 'full' | 'window' | 'repair' | 'heal';

export function backfillCommand(): Command {
  return loading('backfill', 'load all items of the source tables from an export, those older than the stream among them')
    .option('--from <time>', 'only what changed since then, such as 2026-01-31T09:00:00Z', isoTime)
    .option('--to <time>', 'and before then (default: now)', isoTime)
    .action(async (options: BackfillOptions, command: Command) => {
      if (options.to !== undefined && options.from === undefined) command.error("error: '--to <time>' needs '--from <time>'");
      process.exitCode = await load(options.from === undefined ? 'full' : 'window', options);
    });
}

export function repairCommand(): Command {
  return loading('repair', 'load all items from an export, and remove rows that are older than it and not in it')
    .action(async (options: BackfillOptions) => {
      process.exitCode = await load('repair', options);
    });
}

export function healCommand(): Command {
  return loading('heal', 'load what the streams may have lost, deletes too')
    .option('--from <time>', 'since when changes may be missing (default: as far back as point-in-time recovery goes)', isoTime)
    .action(async (options: BackfillOptions) => {
      process.exitCode = await load('heal', options);
    });
}

function loading(command: string, description: string): Command {
  return deployedCommand(command)
    .description(description)
    .option('--table <table...>', 'only these Silver tables')
    .option('--name <name>', 'name of the execution: the same name starts nothing twice', `${command}-${new Date().toISOString().slice(0, 16).replace(/\D/g, '-')}`)
    .option('--continue <name>', 'go on with what an execution of that name has begun and not brought to its end')
    .option('--no-wait', 'return once it has been started')
    .addHelpText('after', '\nThe source tables need point-in-time recovery; DynamoDB charges for the export by its size. It may take hours, and goes on when'
      + '\nthis command is interrupted; `status` shows how far it is.\nExit code: 0 if it ended well or was only started, 1 if it failed, or so did the execution that it was left to.');
}

async function load(kind: Kind, { table, from, to, continue: id, name, wait, json, ...options }: BackfillOptions): Promise<number> {
  const connection = await connect(options);
  const tables = chosen('Silver table', table, Object.keys(connection.deployed.tables));
  const executions = new StepFunctionsBackfills(stateMachineOf(connection));
  const input = { kind, tables, ...from !== undefined && { from }, ...to !== undefined && { to }, ...id !== undefined && { id } };
  const executionArn = await executions.start(name!, input);
  const tell = (line: string) => json ? undefined : process.stderr.write(`${line}\n`);
  tell(`${kind} of ${tables.join(', ')} runs as ${executionArn}`);
  if (!wait) {
    if (json) process.stdout.write(`${JSON.stringify({ executionArn, state: 'running' }, undefined, 2)}\n`);
    return 0;
  }
  const again = [`--continue ${id ?? name}`, ...table === undefined ? [] : [`--table ${table.join(' ')}`]].join(' ');
  const end = await untilEnded(executions, executionArn, connection.clock, () => tell('  it goes on …'));
  const left = end.state === 'failed' ? [] : await leftToOthers(executions, executionArn, end.output);
  if (json) process.stdout.write(`${JSON.stringify({ executionArn, ...end, ...left.length > 0 && { left } }, undefined, 2)}\n`);
  else if (end.state === 'failed') process.stderr.write(`it failed: ${end.message}\nWhat was loaded stays. Once the cause is gone, go on with ${again}\n`);
  else process.stdout.write(endOf(tables, left));
  return end.state === 'failed' || left.some(({ state }) => state === 'failed') ? 1 : 0;
}

/** Of an execution to which a table was left. */
const STANDING: { readonly [State in LeftToAnother['state']]: string } = {
  running: 'is at it already and goes on; status shows how far it is',
  succeeded: 'was at it already, and has ended well',
  failed: 'was at it, but has been stopped or has failed, and nothing was done; start this again 40 minutes after its last step',
};

function endOf(tables: readonly string[], left: readonly LeftToAnother[]): string {
  const others = left.map(({ table, execution, state }) => `${table}: the execution ${execution} ${STANDING[state]}\n`);
  if (left.length === tables.length) return others.join('');
  return `${others.join('')}all ${left.length === 0 ? 'of it' : 'else'} is in Bronze; the next Silver run takes what has not been taken yet\n`;
}

function stateMachineOf({ deployed }: Connection): string {
  const arn = deployed.stateMachines?.backfill;
  if (arn === undefined) throw new DeployedPipelineError(`${deployed.name} was deployed by a version without backfills: deploy the stack again with the present one`);
  return arn;
}
