import type { AttributeMap } from '../../bronze/attribute-value';
import type { ItemReader } from '../../ports/item-reader';
import type { ObjectStore } from '../../ports/object-store';
import type { TableExports } from '../../ports/table-exports';
import type { Arrival } from './stream-record';

/** Where a local run's changes come from, and what the tables hold after them. */
export interface ChangeSource {
  /** Silver table to the ARN of its DynamoDB table. */
  readonly tableArns: { readonly [silverTable: string]: string };
  /** What the tables hold before their streams begin; a backfill loads it. */
  readonly existing?: ExistingItems;
  /** Changes that are played before the stages run; they run again after every further round. */
  readonly rounds: readonly Round[];
  /** What happens next, each time it is asked, without an end; missing where everything has been recorded. */
  next?(): Round;
  /** What the table holds after the changes played so far; items that expired too, if the Silver table keeps those. */
  items(silverTable: string): Iterable<AttributeMap>;
  /** Different changes played so far. */
  changes(silverTable: string): number;
}

export interface ExistingItems {
  readonly title: string;
  readonly size: number;
  readonly items: ItemReader;
  /** Fills the tables. */
  fill(): void;
  exports(store: ObjectStore): TableExports;
}

export interface Round {
  readonly title: string;
  /** How many changes there will be, about; for a progress bar. */
  readonly size: number;
  play(): Iterable<Arrival> | AsyncIterable<Arrival>;
}
