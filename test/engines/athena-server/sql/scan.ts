export type TokenKind = 'word' | 'number' | 'string' | 'double-quoted' | 'backquoted' | 'comment' | 'symbol';

/** A piece of SQL text, white space left out. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const PIECES: readonly (readonly [TokenKind, RegExp])[] = [
  ['comment', /--[^\n]*|\/\*[\s\S]*?\*\//y],
  ['string', /'(?:[^']|'')*'/y],
  ['double-quoted', /"(?:[^"]|"")*"/y],
  ['backquoted', /`(?:[^`]|``)*`/y],
  ['number', /\d+(?:\.\d*)?(?:[eE][+-]?\d+)?/y],
  ['word', /[A-Za-z_$][A-Za-z0-9_$]*/y],
  ['symbol', /<>|!=|<=|>=|\|\||=>|[^\s]/y],
];

export function scan(sql: string): Token[] {
  const tokens: Token[] = [];
  for (let position = 0; position < sql.length;) {
    if (/\s/.test(sql[position])) {
      position++;
      continue;
    }
    const token = tokenAt(sql, position);
    tokens.push(token);
    position = token.end;
  }
  return tokens;
}

function tokenAt(sql: string, start: number): Token {
  for (const [kind, pattern] of PIECES) {
    pattern.lastIndex = start;
    const text = pattern.exec(sql)?.[0];
    if (text) return { kind, text, start, end: start + text.length };
  }
  throw new RangeError(`nothing starts at ${start}`); // not reached: a symbol is any character
}
