import { isRecord } from './attribute';

/** A value that does not convert, and why: it becomes null, the reason goes to `_errors`. */
export class Misfit {
  public constructor(public readonly reason: string) {}

  /** The same reason, one level further out in a nested value. */
  public at(path: string): Misfit {
    const separator = this.reason.startsWith('[') || this.reason.startsWith('.') ? '' : ': ';
    return new Misfit(`${path}${separator}${this.reason}`);
  }
}

const LONGEST_QUOTE = 80;

/** `S "abc" is not a date`, with an optional hint behind it. */
export function misfit(value: unknown, typeName: string, hint?: string): Misfit {
  const article = /^[aeiou]/.test(typeName) ? 'an' : 'a';
  return new Misfit(`${found(value)} is not ${article} ${typeName}${hint ? `: ${hint}` : ''}`);
}

function found(value: unknown): string {
  const entries = isRecord(value) ? Object.entries(value) : [];
  if (entries.length !== 1) return shorten(JSON.stringify(value) ?? String(value));
  const [type, content] = entries[0];
  return `${shorten(type)} ${shorten(type === 'N' && typeof content === 'string' ? content : JSON.stringify(content))}`;
}

function shorten(text: string): string {
  // Half a character at the cut would not be text any more.
  return text.length <= LONGEST_QUOTE ? text : `${text.slice(0, LONGEST_QUOTE).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
