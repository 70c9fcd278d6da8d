import type { Command } from 'commander';
import { resume, type PauseTargets } from '../../operations/pause';
import { readPaused } from '../../operations/paused-state';
import { chosen } from '../choose';
import { connect, deployedCommand, type Connection, type ConnectionOptions } from '../connection';
import { pauseDependencies, pauseTargets } from '../pausing';
import { pausedText } from '../text/paused-text';

interface ResumeOptions extends ConnectionOptions {
  readonly table?: readonly string[];
  readonly schedule?: readonly string[];
}

export function resumeCommand(): Command {
  return deployedCommand('resume')
    .description('go on reading streams and starting stages after a pause')
    .option('--table <table...>', 'only these Silver tables (default: all tables and all schedules that were paused)')
    .option('--schedule <stage...>', 'only the schedules of these stages, and of --table')
    .addHelpText('after', '\nReading goes on where it stopped.'
      + '\nExit code: 0 if all that was asked for runs and nothing is lost, 1 if something does not or changes may be lost.')
    .action(async ({ json, ...options }: ResumeOptions) => {
      const connection = await connect(options);
      const targets = await targetsOf(connection, options);
      if (!json) process.stderr.write('resuming, which may take a minute or two …\n');
      const resumed = await resume(targets, pauseDependencies(connection));
      process.stdout.write(json ? `${JSON.stringify(resumed, undefined, 2)}\n` : pausedText(resumed));
      process.exitCode = resumed.every(({ state, advice }) => state === 'on' && advice === undefined) ? 0 : 1;
    });
}

/** A schedule that somebody turned off by other means is turned on only if it is named. */
async function targetsOf({ deployed, store }: Connection, { table, schedule }: ResumeOptions): Promise<PauseTargets> {
  const tables = Object.keys(deployed.tables);
  const stages = Object.keys(deployed.schedules);
  const isAll = table === undefined && schedule === undefined;
  const paused = isAll ? (await readPaused(store)).schedules : {};
  return pauseTargets(
    deployed,
    chosen('Silver table', table, tables, isAll ? tables : []),
    chosen('scheduled stage', schedule, stages, stages.filter(stage => Object.hasOwn(paused, stage))),
  );
}
