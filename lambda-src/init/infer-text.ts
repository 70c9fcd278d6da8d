import type { ColumnType } from '../../src/spec/column-type';
import { converterOf } from '../bronze/convert/converter';
import { Misfit } from '../bronze/convert/misfit';

/** Patterns that people write, narrowest first; the converter of the pipeline itself says whether one fits. */
const PATTERNS = ['yyyy-MM-dd HH:mm:ss', "yyyy-MM-dd'T'HH:mm:ss", 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd HH:mm:ss'];

const CANDIDATES: readonly ColumnType[] = [
  { kind: 'date' },
  { kind: 'timestamp', format: { kind: 'iso8601' } },
  ...PATTERNS.map((pattern): ColumnType => ({ kind: 'timestamp', format: { kind: 'pattern', pattern, timeZone: 'Etc/UTC' } })),
];

/** A date or a time if every text is one, else text. */
export function inferText(texts: readonly string[]): ColumnType {
  return CANDIDATES.find(type => texts.every(text => fits(type, text))) ?? { kind: 'string' };
}

function fits(type: ColumnType, text: string): boolean {
  const value = converterOf(type)({ S: text });
  return value !== null && !(value instanceof Misfit);
}
