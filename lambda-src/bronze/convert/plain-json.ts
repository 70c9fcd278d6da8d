import { base64Of, booleanOf, isNull, listOf, mapOf, numberOf, setOf, stringOf } from './attribute';

/**
 * An attribute value as the JSON text it stands for: numbers as strings in their own notation, binaries as base64, sets as
 * arrays. Undefined if there is something in it that is no attribute value.
 */
export function plainJson(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (isNull(value)) return 'null';
  const flag = booleanOf(value);
  if (flag !== undefined) return String(flag);
  const text = stringOf(value) ?? numberOf(value) ?? base64Of(value);
  if (text !== undefined) return JSON.stringify(text);
  const elements = listOf(value) ?? setOf(value);
  if (elements) return enclosed('[', elements.map(plainJson), ']');
  const map = mapOf(value);
  if (!map) return undefined;
  return enclosed('{', Object.entries(map).map(([key, each]) => {
    const json = plainJson(each);
    return json === undefined ? undefined : `${JSON.stringify(key)}:${json}`;
  }), '}');
}

function enclosed(open: string, texts: readonly (string | undefined)[], close: string): string | undefined {
  return texts.includes(undefined) ? undefined : `${open}${texts.join(',')}${close}`;
}
