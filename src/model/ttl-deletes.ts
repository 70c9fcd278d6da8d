/** What becomes of a Silver row when DynamoDB deletes its item because its time to live is over. */
export enum TtlDeletes {
  /** The row is deleted, as for any other delete. */
  REMOVE = 'remove',
  /** The row stays as it last was: the lake is the archive of what expires. */
  KEEP = 'keep',
}
