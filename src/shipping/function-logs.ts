import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { functionSettings } from './function-settings';

/** Logs of one of the pipeline's functions; without the function nothing points at them any more. */
export function functionLogs(scope: Construct, id: string): LogGroup {
  const { logRetention, encryptionKey } = functionSettings(scope);
  return new LogGroup(scope, id, { retention: logRetention, encryptionKey, removalPolicy: RemovalPolicy.DESTROY });
}
