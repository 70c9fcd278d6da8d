import { App, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';

let stacks = 0;

/** A DynamoDB table in a stack of its own, with a stream of both images unless it says otherwise. */
export function sourceTable(key: string | readonly string[] = 'OrderID', changes: Partial<dynamodb.TableProps> = {}): dynamodb.Table {
  const [partitionKey, sortKey] = [key].flat().map(name => ({ name, type: dynamodb.AttributeType.STRING }));
  return new dynamodb.Table(new Stack(new App(), `Shop${stacks++}`), 'Table', {
    partitionKey, sortKey, stream: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES, ...changes,
  });
}
