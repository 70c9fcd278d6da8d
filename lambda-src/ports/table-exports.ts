/** Exports of a source table from its point-in-time recovery: DynamoDB on AWS, the simulated table on a laptop. */
export interface TableExports {
  /** How far back the table can be exported; undefined if point-in-time recovery is off. */
  recoverableFrom(tableArn: string): Promise<Date | undefined>;
  /** Starts an export and gives its ARN; the same token gives the same export. Throws ExportRefusedError. */
  start(request: ExportRequest): Promise<string>;
  describe(exportArn: string): Promise<ExportStatus>;
}

export interface ExportRequest {
  readonly tableArn: string;
  readonly token: string;
  /** Where in the pipeline's bucket the export goes; without a slash at its end. */
  readonly prefix: string;
  readonly scope: ExportScope;
}

/** `full`: all items at the time of the request; `window`: what changed from one time, to before another. */
export type ExportScope = { readonly kind: 'full' } | { readonly kind: 'window'; readonly from: Date; readonly to: Date };

export type ExportStatus =
  | { readonly state: 'running' }
  | { readonly state: 'completed'; readonly manifestKey: string }
  | { readonly state: 'failed'; readonly message: string };

/** The table cannot be exported as asked, now or later; the message says why and what to do. */
export class ExportRefusedError extends Error {
  public readonly name = 'ExportRefusedError';
}
