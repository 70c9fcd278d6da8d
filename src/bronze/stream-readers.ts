import { Annotations, Reference, Stack, Tokenization, type IAspect } from 'aws-cdk-lib';
import { CfnGlobalTable, type ITable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { CfnPipe } from 'aws-cdk-lib/aws-pipes';
import type { Construct, IConstruct } from 'constructs';
import type { Named } from '../spec/pipeline-spec';

const TOO_MANY_READERS = 'cdk-medallion-analytics:stream-readers';

/**
 * Warns if the app lets more read a source's stream than DynamoDB serves: it throttles the others, and they may fall behind by more
 * than the stream keeps. Readers outside of the app cannot be seen.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
export class StreamReaders implements IAspect {
  /** @param sources Silver table to its source. */
  public constructor(private readonly pipeline: Construct, private readonly sources: Named<ITable>) {}

  public visit(node: IConstruct): void {
    if (node !== this.pipeline) return;
    const readers = this.readersByStream();
    for (const [silverTable, source] of Object.entries(this.sources)) {
      const found = readers.get(streamIdentity(source.tableStreamArn!, this.pipeline)) ?? [];
      const most = isReplicated(source) ? 1 : 2;
      if (found.length <= most) continue;
      Annotations.of(this.pipeline).addWarningV2(`${TOO_MANY_READERS}:${silverTable}`, `tables.${silverTable}: ${found.length} readers share the stream of its `
        + `DynamoDB table (${found.join(', ')}), and DynamoDB serves ${most === 1 ? 'one, since the table is replicated' : 'two'}; the others are `
        + 'throttled and may miss changes. Fix: let one reader hand the changes on, for example to an EventBridge bus or an SNS topic');
    }
  }

  /** Paths of the constructs, by the stream that they read. */
  private readersByStream(): ReadonlyMap<string, readonly string[]> {
    const readers = new Map<string, string[]>();
    for (const construct of this.pipeline.node.root.node.findAll()) {
      const arn = streamOf(construct);
      if (arn === undefined) continue;
      const identity = streamIdentity(arn, construct);
      readers.set(identity, [...readers.get(identity) ?? [], (construct.node.scope ?? construct).node.path]);
    }
    return readers;
  }
}

function streamOf(construct: IConstruct): string | undefined {
  if (construct instanceof CfnEventSourceMapping) return construct.eventSourceArn;
  return construct instanceof CfnPipe ? construct.source : undefined;
}

/** Global tables replicate by the stream too, so that one place is taken. */
function isReplicated(table: ITable): boolean {
  const resource = table.node.defaultChild;
  if (!(resource instanceof CfnGlobalTable)) return false;
  const replicas: unknown = Stack.of(resource).resolve(resource.replicas);
  return Array.isArray(replicas) && replicas.length > 1;
}

/** The same for a stream's ARN however it is written; of a stream made in this app it names the stack, of others it is the ARN itself. */
function streamIdentity(arn: string, reader: IConstruct): string {
  const parts = Tokenization.reverseString(arn);
  const token = parts.length === 1 ? parts.firstToken : undefined;
  const stack = Stack.of(Reference.isReference(token) ? token.target : reader);
  const resolved: unknown = stack.resolve(arn);
  return typeof resolved === 'string' ? resolved : `${stack.node.addr} ${JSON.stringify(resolved)}`;
}
