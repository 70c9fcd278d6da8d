import type { Like } from '../../../src/expression/expression';
import type { SqlExpression } from '../nodes';
import { NotLocalError } from './not-local-error';

/** An escape before any other character than a wildcard fails in Trino, and is passed over by the embedded engine. */
export function assertEscapes({ pattern, escape }: Like<SqlExpression>): void {
  if (!escape) return;
  const [text, mark] = [textOf(pattern), textOf(escape)];
  if (text === undefined || mark === undefined) throw new NotLocalError('LIKE with ESCAPE and a computed pattern', 'Write the pattern as text.');
  const characters = [...text];
  for (let place = 0; place < characters.length; place++) {
    if (characters[place] !== mark) continue;
    place += 1;
    if (![mark, '%', '_'].includes(characters[place])) {
      throw new NotLocalError(`LIKE '${text}' ESCAPE '${mark}'`, `Athena refuses it too: after ${mark} write ${mark}, % or _.`);
    }
  }
}

function textOf(expression: SqlExpression): string | undefined {
  return expression.kind === 'literal' ? expression.value ?? undefined : undefined;
}
