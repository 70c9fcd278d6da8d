import { GetEventSourceMappingCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { DeployedTable } from '../../src/spec/deployed-pipeline';
import type { Named } from '../../src/spec/pipeline-spec';

/** How the reading of a table's stream stands. */
export interface StreamState {
  /** `Enabled`, `Disabled`, or what Lambda is changing: `Enabling`, `Updating`, … */
  readonly state: string;
  /** What the last batch came to, in Lambda's words: `OK`, `PROBLEM: …`, `No records processed`. */
  readonly lastResult: string;
}

export async function streamStates(client: LambdaClient, tables: Named<DeployedTable>): Promise<Named<StreamState>> {
  const states = await Promise.all(Object.entries(tables).map(async ([table, { eventSourceMapping }]) => {
    const mapping = await client.send(new GetEventSourceMappingCommand({ UUID: eventSourceMapping }));
    return [table, { state: mapping.State ?? 'unknown', lastResult: mapping.LastProcessingResult ?? 'unknown' }] as const;
  }));
  return Object.fromEntries(states);
}
