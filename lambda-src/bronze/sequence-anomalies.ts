/** A change as far as its place in its item's history goes. */
export interface PlacedChange {
  /** Of the item, as text. */
  readonly key: string;
  /** Text order is the order of the stream. */
  readonly sequence: string;
  /** In epoch microseconds. */
  readonly time: bigint;
}

/**
 * Changes whose time lies before that of a change of the same item which comes earlier in the stream. Sequences decide between
 * changes of a stream, so such a change does no harm there; between the stream and an export only times can be compared.
 */
export function sequenceAnomalies(changes: readonly PlacedChange[]): number {
  const latest = new Map<string, bigint>();
  let anomalies = 0;
  for (const { key, time } of [...changes].sort(bySequence)) {
    const before = latest.get(key);
    if (before !== undefined && time < before) anomalies++;
    else latest.set(key, time);
  }
  return anomalies;
}

function bySequence({ sequence: left }: PlacedChange, { sequence: right }: PlacedChange): number {
  return left < right ? -1 : Number(left > right);
}
