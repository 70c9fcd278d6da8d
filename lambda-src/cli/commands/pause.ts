import type { Command } from 'commander';
import { callerArn } from '../../aws/caller';
import { pause, type PauseTargets } from '../../operations/pause';
import { chosen } from '../choose';
import { connect, deployedCommand, type Connection, type ConnectionOptions } from '../connection';
import { pauseDependencies, pauseTargets } from '../pausing';
import { pausedText } from '../text/paused-text';

interface PauseOptions extends ConnectionOptions {
  readonly table?: readonly string[];
  readonly schedule?: readonly string[];
}

export function pauseCommand(): Command {
  return deployedCommand('pause')
    .description('stop reading the streams of tables, or starting stages, until resume')
    .option('--table <table...>', 'only these Silver tables (default: all of them, unless --schedule is given)')
    .option('--schedule <stage...>', 'stages whose schedules stop as well, for example silver')
    .addHelpText('after', '\nA stream keeps a change for 24 hours. Resume before: what is not read by then is lost to the stream, and heal must fetch it,'
      + '\nor repair if the table had no point-in-time recovery then.'
      + '\nExit code: 0 if all that was asked for stands still, 1 if not.')
    .action(async ({ json, table, schedule, ...options }: PauseOptions) => {
      const connection = await connect(options);
      const targets = targetsOf(connection, table, schedule);
      if (!json) process.stderr.write('pausing, which may take a minute or two …\n');
      const paused = await pause(targets, await callerArn(), pauseDependencies(connection));
      process.stdout.write(json ? `${JSON.stringify(paused, undefined, 2)}\n` : pausedText(paused));
      process.exitCode = paused.every(({ state }) => state === 'off') ? 0 : 1;
    });
}

function targetsOf({ deployed }: Connection, table?: readonly string[], schedule?: readonly string[]): PauseTargets {
  const everyTable = schedule === undefined ? Object.keys(deployed.tables) : [];
  return pauseTargets(
    deployed,
    chosen('Silver table', table, Object.keys(deployed.tables), everyTable),
    chosen('scheduled stage', schedule, Object.keys(deployed.schedules), []),
  );
}
