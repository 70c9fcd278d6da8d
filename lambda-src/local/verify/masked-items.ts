import { createHmac } from 'node:crypto';
import type { Named, PrivacyRule } from '../../../src/spec/pipeline-spec';
import type { AttributeMap, AttributeValue } from '../../bronze/attribute-value';
import { LOCAL_HASH_KEY } from '../local-hash-key';

/** Items as the lake may know them, by a way of its own: each rule is applied at its place, one after the other. */
export function* maskedItems(items: Iterable<AttributeMap>, privacy: Named<PrivacyRule>): Iterable<AttributeMap> {
  const rules = Object.entries(privacy).sort(([a], [b]) => a.length - b.length);
  for (const item of items) yield rules.reduce((masked, [path, rule]) => applied(masked, path, rule), item);
}

function applied(item: AttributeMap, path: string, rule: PrivacyRule): AttributeMap {
  const masked: { [attribute: string]: AttributeValue } = Object.fromEntries(Object.entries(item));
  for (const name of Object.keys(item)) {
    if (name === path) {
      if (rule === 'drop') delete masked[name];
      else if (!('NULL' in item[name])) masked[name] = { S: hash(textOf(item[name])) };
    } else if (path.startsWith(`${name}.`)) {
      masked[name] = inside(item[name], path.slice(name.length + 1), rule);
    }
  }
  return masked;
}

function inside(value: AttributeValue, path: string, rule: PrivacyRule): AttributeValue {
  if ('M' in value) return { M: applied(value.M, path, rule) };
  if ('L' in value) return { L: value.L.map(element => inside(element, path, rule)) };
  return value;
}

function textOf(value: AttributeValue): string {
  if ('S' in value) return value.S;
  if ('N' in value) return value.N;
  if ('B' in value) return value.B;
  return JSON.stringify(value, (_, member: unknown) => {
    if (Array.isArray(member) && member.every(element => typeof element === 'string')) return [...member].sort();
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member;
    return Object.fromEntries(Object.entries(member).sort(([a], [b]) => a < b ? -1 : 1));
  });
}

function hash(text: string): string {
  const hmac = (message: string): string => createHmac('sha256', LOCAL_HASH_KEY).update(message).digest('hex');
  return hmac(text) + hmac(`cdk-medallion-analytics: tag of ${hmac(text)}`).slice(0, 16);
}
