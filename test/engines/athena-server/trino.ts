/** Where Trino listens, and the catalogs: Iceberg and Hive on the same Glue, each sending the other's tables on. */
export interface TrinoOptions {
  readonly url: string;
  readonly catalog: string;
}

export interface TrinoColumn {
  readonly name: string;
  readonly type: string;
  readonly typeSignature: TypeSignature;
}

export interface TypeSignature {
  readonly rawType: string;
  readonly arguments: readonly TypeArgument[];
}

export type TypeArgument =
  | { readonly kind: 'TYPE'; readonly value: TypeSignature }
  | { readonly kind: 'LONG'; readonly value: number }
  | { readonly kind: 'NAMED_TYPE'; readonly value: { readonly fieldName?: { readonly name: string }; readonly typeSignature: TypeSignature } };

/** Numbers come as text where a double could not hold them. */
export type TrinoValue = string | number | boolean | null | readonly TrinoValue[] | { readonly [key: string]: TrinoValue };

export interface TrinoResult {
  readonly columns: readonly TrinoColumn[];
  readonly rows: readonly (readonly TrinoValue[])[];
  /** Of a statement that writes rows. */
  readonly updateCount: number | undefined;
  readonly bytesScanned: number;
}

export class TrinoError extends Error {
  public readonly name = 'TrinoError';
  public constructor(message: string, public readonly errorName: string, public readonly errorType: string) {
    super(message);
  }
}

interface Page {
  readonly nextUri?: string;
  readonly columns?: readonly TrinoColumn[];
  readonly data?: readonly (readonly TrinoValue[])[];
  readonly updateType?: string;
  readonly updateCount?: number;
  readonly stats?: { readonly physicalInputBytes?: number };
  readonly error?: { readonly message: string; readonly errorName: string; readonly errorType: string };
}

/**
 * Runs one statement over Trino's REST API. Throws TrinoError; `stopped` ends it between two answers.
 *
 * @see https://trino.io/docs/current/develop/client-protocol.html
 */
export async function runOnTrino(
  options: TrinoOptions,
  database: string | undefined,
  sql: string,
  stopped: AbortSignal,
): Promise<TrinoResult> {
  const headers = {
    'X-Trino-User': 'athena',
    'X-Trino-Catalog': options.catalog,
    ...(database !== undefined && { 'X-Trino-Schema': database }),
    'X-Trino-Time-Zone': 'UTC',
    // Else a timestamp is cut to milliseconds.
    'X-Trino-Client-Capabilities': 'PARAMETRIC_DATETIME',
  };
  let page = await answer(await fetch(`${options.url}/v1/statement`, { method: 'POST', body: sql, headers }));
  let columns: readonly TrinoColumn[] = [];
  const rows: (readonly TrinoValue[])[] = [];
  let last = page;
  for (;;) {
    if (page.error) throw new TrinoError(page.error.message, page.error.errorName, page.error.errorType);
    columns = page.columns ?? columns;
    rows.push(...page.data ?? []);
    last = page;
    if (page.nextUri === undefined) break;
    if (stopped.aborted) {
      await fetch(page.nextUri, { method: 'DELETE', headers });
      throw new TrinoError('Query was canceled', 'USER_CANCELED', 'USER_ERROR');
    }
    page = await answer(await fetch(page.nextUri, { headers }));
  }
  const writes = last.updateType !== undefined;
  return {
    columns: writes ? [] : columns,
    rows: writes ? [] : rows,
    updateCount: writes ? last.updateCount : undefined,
    bytesScanned: last.stats?.physicalInputBytes ?? 0,
  };
}

async function answer(response: Response): Promise<Page> {
  const text = await response.text();
  if (!response.ok) throw new TrinoError(`the engine answered ${response.status}: ${text.slice(0, 200)}`, 'SERVER_UNAVAILABLE', 'INTERNAL_ERROR');
  return parsed(text);
}

/** Whole numbers beyond a double become text; those in strings and the figures of fractions stay as they are. */
function parsed(text: string): Page {
  return JSON.parse(text.replace(/("(?:[^"\\]|\\.)*")|(?<=[[,:]\s*)(-?\d{16,})(?=\s*[,\]}])/g, (_, string: string | undefined, number: string) => string ?? `"${number}"`)) as Page;
}
