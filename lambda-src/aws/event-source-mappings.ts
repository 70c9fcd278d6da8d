import {
  GetEventSourceMappingCommand, ResourceInUseException, ResourceNotFoundException, UpdateEventSourceMappingCommand, type LambdaClient,
} from '@aws-sdk/client-lambda';
import type { Switch, Switches } from '../ports/switches';

/** What reads the streams, by the mapping's UUID. A mapping that is turned off keeps its place in each shard. */
export class EventSourceMappings implements Switches {
  public constructor(private readonly client: LambdaClient) {}

  public async look(id: string): Promise<Switch | undefined> {
    try {
      const { State: state, LastModified: changedAt } = await this.client.send(new GetEventSourceMappingCommand({ UUID: id }));
      return { state: state === 'Enabled' ? 'on' : state === 'Disabled' ? 'off' : 'turning', changedAt: changedAt! };
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  }

  public async turn(id: string, to: 'on' | 'off'): Promise<void> {
    try {
      await this.client.send(new UpdateEventSourceMappingCommand({ UUID: id, Enabled: to === 'on' }));
    } catch (error) {
      // Somebody else's change is under way; who looks again will see where it led.
      if (!(error instanceof ResourceInUseException)) throw error;
    }
  }
}
