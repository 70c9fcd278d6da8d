import { Stack, Token } from 'aws-cdk-lib';
import { CfnGlobalTable, CfnTable, type ITable } from 'aws-cdk-lib/aws-dynamodb';

interface Recovery {
  readonly pointInTimeRecoveryEnabled?: unknown;
}

interface Replica {
  readonly region: unknown;
  readonly pointInTimeRecoverySpecification?: Recovery;
}

/** Whether a table can be exported, as far as the template tells; of an imported one nothing is known. */
export function pointInTimeRecovery(table: ITable): 'on' | 'off' | 'unknown' {
  const resource = table.node.defaultChild;
  if (resource instanceof CfnTable) {
    return told([Stack.of(resource).resolve(resource.pointInTimeRecoverySpecification) as Recovery | undefined]);
  }
  if (resource instanceof CfnGlobalTable) {
    const stack = Stack.of(resource);
    const replicas = stack.resolve(resource.replicas) as readonly Replica[];
    // Only the replica of this region is exported.
    const here = replicas.filter(({ region }) => !Token.isUnresolved(stack.region) && region === stack.region);
    return told((here.length > 0 ? here : replicas).map(({ pointInTimeRecoverySpecification }) => pointInTimeRecoverySpecification));
  }
  return 'unknown';
}

function told(recoveries: readonly (Recovery | undefined)[]): 'on' | 'off' | 'unknown' {
  const values = recoveries.map(recovery => recovery?.pointInTimeRecoveryEnabled ?? false);
  if (values.every(value => value === true)) return 'on';
  return values.some(value => value === false) ? 'off' : 'unknown';
}
