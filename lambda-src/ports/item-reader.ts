import type { AttributeMap } from '../bronze/attribute-value';

/** Items of a source table as they are now: DynamoDB on AWS, the simulated table on a laptop. */
export interface ItemReader {
  /** Reads items consistently, by whole keys, at most `READ_TOGETHER` of them. */
  read(tableArn: string, keys: readonly AttributeMap[]): Promise<ReadItems>;
}

export interface ReadItems {
  /** In the order of the keys; undefined where there is no such item. */
  readonly items: readonly (AttributeMap | undefined)[];
  /** The table's own clock, at the earliest of the reads. */
  readonly readAt: Date;
}

/** BatchGetItem takes no more. */
export const READ_TOGETHER = 100;
