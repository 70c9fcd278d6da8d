import {
  ConflictException, GetScheduleCommand, ResourceNotFoundException, UpdateScheduleCommand, type GetScheduleCommandOutput,
  type SchedulerClient,
} from '@aws-sdk/client-scheduler';
import type { Switch, Switches } from '../ports/switches';

/** EventBridge schedules of the default group, by name. */
export class Schedules implements Switches {
  public constructor(private readonly client: SchedulerClient) {}

  public async look(id: string): Promise<Switch | undefined> {
    const schedule = await this.schedule(id);
    return schedule && { state: schedule.State === 'ENABLED' ? 'on' : 'off', changedAt: schedule.LastModificationDate! };
  }

  public async turn(id: string, to: 'on' | 'off'): Promise<void> {
    const schedule = await this.schedule(id);
    if (!schedule) return;
    const { $metadata, Arn, CreationDate, LastModificationDate, Name, ScheduleExpression, FlexibleTimeWindow, Target, ...rest } = schedule;
    try {
      // An update replaces the whole schedule: what it leaves out would fall back to a default.
      await this.client.send(new UpdateScheduleCommand({
        ...rest, Name, ScheduleExpression, FlexibleTimeWindow, Target, State: to === 'on' ? 'ENABLED' : 'DISABLED',
      }));
    } catch (error) {
      // Somebody else's change is under way; who looks again will see where it led.
      if (!(error instanceof ConflictException)) throw error;
    }
  }

  private async schedule(id: string): Promise<GetScheduleCommandOutput | undefined> {
    try {
      return await this.client.send(new GetScheduleCommand({ Name: id }));
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  }
}
