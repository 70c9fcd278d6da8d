import { GetEventSourceMappingCommand, ResourceNotFoundException, type LambdaClient } from '@aws-sdk/client-lambda';
import type { DeployedTable } from '../../src/spec/deployed-pipeline';
import type { Named } from '../../src/spec/pipeline-spec';

/** How the reading of a table's stream stands. */
export interface StreamState {
  /** `Enabled`, `Disabled`, or what Lambda is changing: `Enabling`, `Updating`, …; `missing` if somebody has deleted it. */
  readonly state: string;
  /** What the last batch came to, in Lambda's words: `OK`, `PROBLEM: …`, `No records processed`. */
  readonly lastResult: string;
}

export async function streamStates(client: LambdaClient, tables: Named<DeployedTable>): Promise<Named<StreamState>> {
  const states = await Promise.all(Object.entries(tables).map(async ([table, { eventSourceMapping }]) =>
    [table, await streamState(client, eventSourceMapping)] as const));
  return Object.fromEntries(states);
}

async function streamState(client: LambdaClient, id: string): Promise<StreamState> {
  try {
    const mapping = await client.send(new GetEventSourceMappingCommand({ UUID: id }));
    return { state: mapping.State ?? 'unknown', lastResult: mapping.LastProcessingResult ?? 'unknown' };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return { state: 'missing', lastResult: 'unknown' };
    throw error;
  }
}
