/** One change of an item, checked, whoever told of it. Images are as they came; what stands in them is for the converters to judge. */
export interface Change {
  readonly eventId: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly tableName: string;
  /** Its place among all changes of the streams, as text in the order of time; null for a row of an export. */
  readonly sequence: string | null;
  /** When the item changed, in epoch microseconds. */
  readonly time: bigint;
  /** Null where nobody says why the item is gone. */
  readonly isTtlDelete: boolean | null;
  readonly keys: Image;
  readonly newImage?: Image;
  readonly oldImage?: Image;
}

export type Image = { readonly [attribute: string]: unknown };
