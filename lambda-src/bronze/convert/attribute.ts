/** Attribute values come from JSON that nobody has checked; these readers see only what is really there. */

/** The text of an S. Half a surrogate pair has no UTF-8 form, so it counts as unreadable. */
export function stringOf(value: unknown): string | undefined {
  const text = contentOf(value, 'S');
  return typeof text === 'string' && !/\p{Surrogate}/u.test(text) ? text : undefined;
}

/** The text of an N that is a number. */
export function numberOf(value: unknown): string | undefined {
  const text = contentOf(value, 'N');
  return typeof text === 'string' && isNumber(text) ? text : undefined;
}

/** The text of an N, or of an S that says a number. */
export function numericTextOf(value: unknown): string | undefined {
  const text = contentOf(value, 'N') ?? contentOf(value, 'S');
  return typeof text === 'string' && isNumber(text) ? text : undefined;
}

export function booleanOf(value: unknown): boolean | undefined {
  const content = contentOf(value, 'BOOL');
  return typeof content === 'boolean' ? content : undefined;
}

/** The base64 text of a B. */
export function base64Of(value: unknown): string | undefined {
  const text = contentOf(value, 'B');
  return typeof text === 'string' && isBase64(text) ? text : undefined;
}

export function isNull(value: unknown): boolean {
  return value === undefined || contentOf(value, 'NULL') === true;
}

export function listOf(value: unknown): readonly unknown[] | undefined {
  const content = contentOf(value, 'L');
  return Array.isArray(content) ? content : undefined;
}

export function mapOf(value: unknown): { readonly [key: string]: unknown } | undefined {
  const content = contentOf(value, 'M');
  return isRecord(content) ? content : undefined;
}

/** The members of a set, each as a value of its own. */
export function setOf(value: unknown): readonly unknown[] | undefined {
  for (const [type, member] of [['SS', 'S'], ['NS', 'N'], ['BS', 'B']] as const) {
    const content = contentOf(value, type);
    if (Array.isArray(content)) return content.map(text => ({ [member]: text }));
  }
  return undefined;
}

export function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The property itself, never one of Object.prototype: attributes may be named `constructor`. */
export function ownProperty(record: { readonly [key: string]: unknown }, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function contentOf(value: unknown, type: string): unknown {
  return isRecord(value) ? ownProperty(value, type) : undefined;
}

function isNumber(text: string): boolean {
  return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(text);
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}
