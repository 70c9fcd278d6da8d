import type { AttributeMap } from '../../bronze/attribute-value';

/** A change as DynamoDB Streams hands it to Lambda. */
export interface DynamoDbStreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: string;
  readonly eventSource: string;
  readonly awsRegion: string;
  readonly eventSourceARN: string;
  /** Who deleted an expired item. */
  readonly userIdentity?: { readonly type: string; readonly principalId: string };
  readonly dynamodb: {
    /** Seconds since 1970. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: AttributeMap;
    readonly NewImage?: AttributeMap;
    readonly OldImage?: AttributeMap;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: string;
  };
}

/** A record on its way to Lambda. */
export interface Arrival {
  /** The Silver table that the record is for. */
  readonly table: string;
  /** Records of one shard arrive in order; all changes of an item are in one shard. */
  readonly shard: number;
  readonly record: DynamoDbStreamRecord;
  /** Length of the record as JSON. */
  readonly bytes: number;
}
