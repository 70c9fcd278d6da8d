import type { AnnouncementReport } from './announcement';
import type { RefreshScope } from './gold-table';

/** What one Gold invocation did. */
export interface GoldReport {
  readonly tables: { readonly [table: string]: GoldTableReport };
  readonly announced: AnnouncementReport;
}

export interface GoldTableReport {
  /** `parked`: time ran out, the next invocation goes on. */
  readonly state: 'refreshed' | 'idle' | 'failed' | 'parked';
  readonly scope?: RefreshScope['kind'];
  /** Bytes that the refresh read. */
  readonly bytesScanned: number;
  readonly error?: string;
}
