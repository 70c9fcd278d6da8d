import { EXPORT_KEPT_DAYS, RECOVERABLE_DAYS } from './export-reach';
import type { PipelineSpec } from './pipeline-spec';

const DAY = 24 * 60 * 60;

/** How long a pipeline keeps what it no longer needs to be right, in seconds. */
export interface RetentionSpec {
  /** Snapshots of Iceberg tables. */
  readonly snapshotSeconds: number;
  /** Entries of absent tables, counted from the change that they note. */
  readonly absentSeconds: number;
  /** Batches of a stream that were given up. */
  readonly failureSeconds: number;
  /** Records that Bronze could not read. */
  readonly rejectedSeconds: number;
  /** Change logs; for ever if undefined. */
  readonly bronzeSeconds?: number;
}

export const DEFAULT_RETENTION: RetentionSpec = {
  snapshotSeconds: 5 * DAY,
  absentSeconds: 90 * DAY,
  failureSeconds: 30 * DAY,
  rejectedSeconds: 30 * DAY,
};

/** A change waits so long in its stream at most. */
const STREAM_SECONDS = DAY;

/** How old what an export tells can be when it is loaded. */
const EXPORT_SECONDS = (RECOVERABLE_DAYS + EXPORT_KEPT_DAYS) * DAY;

/** S3 counts whole days from midnight, and may take another one to remove what is due. */
const EXPIRY_SECONDS = 2 * DAY;

/** How much older than a Bronze file its changes can be: they waited in the stream, were put through again, or come of an export. */
export function reachSeconds({ failureSeconds, rejectedSeconds }: Pick<RetentionSpec, 'failureSeconds' | 'rejectedSeconds'>): number {
  return STREAM_SECONDS + Math.max(failureSeconds, rejectedSeconds, EXPORT_SECONDS);
}

/**
 * How long an absent entry is needed, counted from the change that it notes. Where Bronze forgets, it forgets the delete first if an
 * older change came in a later file, which a rebuild would take for the truth.
 */
export function rememberedSeconds(retention: RetentionSpec): number {
  const { absentSeconds, bronzeSeconds } = retention;
  return bronzeSeconds === undefined ? absentSeconds : Math.max(absentSeconds, keptSeconds(bronzeSeconds) + reachSeconds(retention));
}

/** How long a Bronze file can still be there. */
export function keptSeconds(bronzeSeconds: number): number {
  return bronzeSeconds + EXPIRY_SECONDS;
}

/** A spec of a version that knew no retention keeps what is kept by default. */
export function retentionOf(spec: PipelineSpec): RetentionSpec {
  return spec.retention ?? DEFAULT_RETENTION;
}
