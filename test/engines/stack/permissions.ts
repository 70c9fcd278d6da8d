import { ExecutionFailure } from '../athena-server/errors';
import type { ExecutionSettings } from '../athena-server/execution';
import { touchedTables, type TouchedTable } from '../athena-server/sql/touched-tables';

/**
 * Athena reads and writes in the name of whoever asks: the emulator is asked whether its policies let them. Their missing rights are
 * a failure of the execution, not of the call.
 */
export function permissionsOf(url: string): (caller: string) => ExecutionSettings['authorize'] {
  return caller => async (_, { sql, workgroup }) => {
    const tables = touchedTables(sql);
    const denied = await deniedBy(url, { caller, workgroup, tables });
    if (denied.length === 0) return;
    throw new ExecutionFailure(`PERMISSION_DENIED: ${denied.map(([action, arn]) => `${action} on ${arn}`).join(', ')} is not allowed`, 'user', 1000);
  };
}

interface Asked {
  readonly caller: string;
  readonly workgroup: string;
  readonly tables: readonly TouchedTable[];
}

async function deniedBy(url: string, asked: Asked): Promise<readonly (readonly [action: string, arn: string])[]> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(asked) });
  if (!response.ok) throw new Error(`the emulator does not say what the caller may: ${response.status} ${await response.text()}`);
  return (await response.json() as { readonly denied: readonly (readonly [action: string, arn: string])[] }).denied;
}
