import type { Command } from 'commander';
import { streamStates } from '../../aws/stream-states';
import { pauseStatus } from '../../operations/pause';
import { pipelineStatus } from '../../operations/pipeline-status';
import { connect, deployedCommand, type ConnectionOptions } from '../connection';
import { pauseDependencies, pauseTargets } from '../pausing';
import { statusText } from '../text/status-text';

export function statusCommand(): Command {
  return deployedCommand('status')
    .description('show how a deployed pipeline stands: what waits, what has failed, what runs')
    .addHelpText('after', '\nExit code: 0 if nothing needs looking at, 1 if something does.')
    .action(async (options: ConnectionOptions) => {
      const connection = await connect(options);
      const { deployed, lambda } = connection;
      const [pipeline, streams, switches] = await Promise.all([
        pipelineStatus(connection),
        streamStates(lambda, deployed.tables),
        pauseStatus(pauseTargets(deployed), pauseDependencies(connection)),
      ]);
      const status = { ...pipeline, streams, switches };
      const { text, attention } = statusText(deployed, status);
      process.stdout.write(options.json ? `${JSON.stringify({ ...status, attention }, undefined, 2)}\n` : text);
      process.exitCode = attention.length === 0 ? 0 : 1;
    });
}
