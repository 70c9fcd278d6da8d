/** A piece of a timestamp pattern, in the order of the text. */
export type PatternPart =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: PatternField; readonly digits: number }
  | { readonly kind: 'offset' };

export type PatternField = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'fraction';

/** The pattern is not one that timestamps can be read with; `position` counts from 1. */
export class TimestampPatternError extends Error {
  public readonly name = 'TimestampPatternError';
  public constructor(pattern: string, public readonly position: number, problem: string) {
    super(`timestamp pattern "${pattern}", position ${position}: ${problem}`);
  }
}

const FIELDS: { readonly [token: string]: PatternPart } = {
  yyyy: { kind: 'year', digits: 4 },
  MM: { kind: 'month', digits: 2 },
  dd: { kind: 'day', digits: 2 },
  HH: { kind: 'hour', digits: 2 },
  mm: { kind: 'minute', digits: 2 },
  ss: { kind: 'second', digits: 2 },
  XXX: { kind: 'offset' },
};
const KNOWN = 'known are yyyy MM dd HH mm ss S (one for each digit of the fraction, at most 9) XXX (offset); quote other letters with \'…\'';
const PIECE = /'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+|'/g;

/** Reads a pattern in the notation of Java's DateTimeFormatter. Throws TimestampPatternError. */
export function compilePattern(pattern: string): readonly PatternPart[] {
  const parts: PatternPart[] = [];
  for (const match of pattern.matchAll(PIECE)) {
    const part = partOf(pattern, match[0], match.index + 1);
    if (part.kind !== 'literal' && parts.some(other => other.kind === part.kind)) {
      throw new TimestampPatternError(pattern, match.index + 1, `the ${part.kind} stands there twice; keep one`);
    }
    parts.push(part);
  }
  const missing = (['year', 'month', 'day'] as const).filter(kind => !parts.some(part => part.kind === kind));
  if (missing.length > 0) {
    throw new TimestampPatternError(pattern, pattern.length + 1, `a timestamp needs its ${missing.join(', ')}; add yyyy, MM and dd`);
  }
  return parts;
}

function partOf(pattern: string, piece: string, position: number): PatternPart {
  if (piece === '\'') throw new TimestampPatternError(pattern, position, 'the quote is never closed; add \'');
  if (piece === '\'\'') return { kind: 'literal', text: '\'' };
  if (piece.startsWith('\'')) return { kind: 'literal', text: piece.slice(1, -1).replaceAll('\'\'', '\'') };
  if (!/^[A-Za-z]/.test(piece)) return { kind: 'literal', text: piece };
  if (/^S{1,9}$/.test(piece)) return { kind: 'fraction', digits: piece.length };
  const part = Object.hasOwn(FIELDS, piece) ? FIELDS[piece] : undefined;
  if (!part) throw new TimestampPatternError(pattern, position, `"${piece}" means nothing; ${KNOWN}`);
  return part;
}
