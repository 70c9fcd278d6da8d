import { MalformedQueryError } from '../errors';
import { scan, type Token } from './scan';

/** Reads a statement word by word; whatever is not expected is malformed. */
export class Reader {
  private readonly tokens: readonly Token[];
  private position = 0;

  public constructor(public readonly sql: string) {
    this.tokens = scan(sql).filter(({ kind }) => kind !== 'comment');
  }

  public get done(): boolean {
    return this.position >= this.tokens.length;
  }

  public peek(ahead = 0): Token | undefined {
    return this.tokens[this.position + ahead];
  }

  public take(): Token {
    const token = this.peek();
    if (!token) throw new MalformedQueryError("mismatched input '<EOF>'");
    this.position++;
    return token;
  }

  /** Takes the words if they come next, in that order. */
  public tryWords(...words: readonly string[]): boolean {
    if (!words.every((word, ahead) => isWord(this.peek(ahead), word))) return false;
    this.position += words.length;
    return true;
  }

  public words(...words: readonly string[]): void {
    if (!this.tryWords(...words)) throw this.unexpected(`expecting '${words.join(' ')}'`);
  }

  public trySymbol(symbol: string): boolean {
    if (this.peek()?.text !== symbol) return false;
    this.position++;
    return true;
  }

  public symbol(symbol: string): void {
    if (!this.trySymbol(symbol)) throw this.unexpected(`expecting '${symbol}'`);
  }

  public string(): string {
    if (this.peek()?.kind !== 'string') throw this.unexpected('expecting a string');
    return this.take().text.slice(1, -1).replaceAll("''", "'");
  }

  public number(): number {
    if (this.peek()?.kind !== 'number') throw this.unexpected('expecting a number');
    return Number(this.take().text);
  }

  /** A name of Hive's DDL: bare or in backticks. Bare names start with a letter. */
  public name(): string {
    const token = this.take();
    if (token.kind === 'backquoted') return token.text.slice(1, -1).replaceAll('``', '`');
    if (token.kind === 'word' && /^[A-Za-z]/.test(token.text)) return token.text.toLowerCase();
    throw malformedAt(token, 'expecting an identifier');
  }

  /** A list in parentheses, its members read by `member`. */
  public list<T>(member: () => T): T[] {
    const members: T[] = [];
    this.symbol('(');
    do members.push(member()); while (this.trySymbol(','));
    this.symbol(')');
    return members;
  }

  /** All that is left, as it was written. */
  public rest(): string {
    const start = this.peek()?.start;
    this.position = this.tokens.length;
    return start === undefined ? '' : this.sql.slice(start);
  }

  public end(): void {
    if (!this.done) throw this.unexpected("expecting '<EOF>'");
  }

  public unexpected(expecting: string): MalformedQueryError {
    const token = this.peek();
    return token ? malformedAt(token, expecting) : new MalformedQueryError(`mismatched input '<EOF>' ${expecting}`);
  }
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toUpperCase() === word;
}

function malformedAt(token: Token, expecting: string): MalformedQueryError {
  return new MalformedQueryError(`mismatched input '${token.text}' ${expecting} at ${token.start}`);
}
