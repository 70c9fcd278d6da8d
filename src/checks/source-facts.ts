import { Stack, Token } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';

/** What is known at synth of the table behind a Silver table. */
export interface SourceFacts {
  /** Two sources are the same table if and only if their identities are equal. */
  readonly identity: string;
  readonly stream: 'none' | 'unknown' | dynamodb.StreamViewType;
  /** Partition key first; undefined for an imported table. */
  readonly key?: readonly KeyAttribute[];
}

export interface KeyAttribute {
  readonly name: string;
  readonly type: 'S' | 'N' | 'B';
}

/** Reads the template's own table where it is in this app, since both table classes and escape hatches end there. */
export function sourceFacts(table: dynamodb.ITable): SourceFacts {
  const resource = table.node.defaultChild;
  if (!(resource instanceof dynamodb.CfnTable) && !(resource instanceof dynamodb.CfnGlobalTable)) {
    return { identity: identityOf(table), stream: table.tableStreamArn ? 'unknown' : 'none' };
  }
  const stack = Stack.of(resource);
  const stream = stack.resolve(resource.streamSpecification) as { streamViewType?: dynamodb.StreamViewType } | undefined;
  const key = keyOf(stack.resolve(resource.keySchema), stack.resolve(resource.attributeDefinitions));
  return { identity: identityOf(table), stream: stream ? stream.streamViewType ?? 'unknown' : 'none', ...(key && { key }) };
}

function identityOf(table: dynamodb.ITable): string {
  const stack = Stack.of(table);
  const arn: unknown = stack.resolve(table.tableArn);
  // Imported twice, a table is two constructs with one ARN; the ARN of a new table is a reference that means something in its stack only.
  return typeof arn === 'string' && !Token.isUnresolved(arn) ? arn : `${stack.node.addr} ${JSON.stringify(arn)}`;
}

function keyOf(schema: unknown, definitions: unknown): KeyAttribute[] | undefined {
  if (!Array.isArray(schema) || !Array.isArray(definitions)) return undefined;
  const parts = schema as { attributeName: string; keyType: string }[];
  const types = definitions as { attributeName: string; attributeType: KeyAttribute['type'] }[];
  const ordered = [...parts.filter(part => part.keyType === 'HASH'), ...parts.filter(part => part.keyType !== 'HASH')];
  const key = ordered.map(part => ({
    name: part.attributeName,
    type: types.find(definition => definition.attributeName === part.attributeName)?.attributeType,
  }));
  return key.every((part): part is KeyAttribute => part.type !== undefined) ? key : undefined;
}
