import { ExecutionFailure } from '../athena-server/errors';
import type { ExecutionSettings } from '../athena-server/execution';
import { touchedTables } from '../athena-server/sql/touched-tables';
import { orderEmulator } from './emulator';

/**
 * Athena reads and writes in the name of whoever asks: the emulator is asked whether its policies let them. Their missing rights are
 * a failure of the execution, not of the call.
 */
export function permissionsOf(control: string): (caller: string) => ExecutionSettings['authorize'] {
  return caller => async (_, { sql, workgroup }) => {
    const tables = touchedTables(sql);
    const denied = await orderEmulator<readonly (readonly [action: string, arn: string])[]>(control, 'denied', { caller, workgroup, tables });
    if (denied.length === 0) return;
    throw new ExecutionFailure(`PERMISSION_DENIED: ${denied.map(([action, arn]) => `${action} on ${arn}`).join(', ')} is not allowed`, 'user', 1000);
  };
}
