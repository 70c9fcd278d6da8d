import type { Command } from 'commander';
import { streamStates } from '../../aws/stream-states';
import { pipelineStatus } from '../../operations/pipeline-status';
import { connect, deployedCommand, type ConnectionOptions } from '../connection';
import { statusText } from '../text/status-text';

export function statusCommand(): Command {
  return deployedCommand('status')
    .description('show how a deployed pipeline stands: what waits, what has failed, what runs')
    .addHelpText('after', '\nExit code: 0 if nothing needs looking at, 1 if something does.')
    .action(async (options: ConnectionOptions) => {
      const connection = await connect(options);
      const status = { ...await pipelineStatus(connection), streams: await streamStates(connection.lambda, connection.deployed.tables) };
      const { text, attention } = statusText(connection.deployed, status);
      process.stdout.write(options.json ? `${JSON.stringify({ ...status, attention }, undefined, 2)}\n` : text);
      process.exitCode = attention.length === 0 ? 0 : 1;
    });
}
