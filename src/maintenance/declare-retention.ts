import type { Duration } from 'aws-cdk-lib';
import { DEFAULT_RETENTION, type RetentionSpec } from '../spec/retention';
import type { MaintenanceOptions } from './maintenance-options';

/** What the options say, in seconds. */
export function declareRetention(options: MaintenanceOptions = {}): RetentionSpec {
  const bronzeSeconds = seconds(options.bronzeRetention);
  return {
    snapshotSeconds: seconds(options.snapshotRetention) ?? DEFAULT_RETENTION.snapshotSeconds,
    absentSeconds: seconds(options.absentRetention) ?? DEFAULT_RETENTION.absentSeconds,
    failureSeconds: seconds(options.failureRetention) ?? DEFAULT_RETENTION.failureSeconds,
    rejectedSeconds: seconds(options.rejectedRetention) ?? DEFAULT_RETENTION.rejectedSeconds,
    ...bronzeSeconds !== undefined && { bronzeSeconds },
  };
}

function seconds(duration: Duration | undefined): number | undefined {
  return duration?.toSeconds({ integral: false });
}
