import { canonicalJson } from '../../src/spec/canonical-json';
import type { Named, PipelineSpec, PrivacyRule } from '../../src/spec/pipeline-spec';
import type { ObjectStore } from '../ports/object-store';
import { isRecord } from './convert/attribute';
import { HashKeyError, hasherOf, type Hasher, type HashKeySource } from './hash-key';
import { metadataOf } from './record-metadata';

/** Attributes by name, each a value that nobody has checked. */
type Attributes = { readonly [attribute: string]: unknown };

/**
 * Takes private values out of what is written to the lake. It may be applied again to what it made, and rules may be added between:
 * what is masked stays as it is.
 */
export class Masking {
  private readonly rules: readonly (readonly [path: string, rule: PrivacyRule])[];

  public constructor(privacy: Named<PrivacyRule>, private readonly hasher?: Hasher) {
    this.rules = Object.entries(privacy);
  }

  public get isNeeded(): boolean {
    return this.rules.length > 0;
  }

  /** Keys or an image. */
  public image<T extends Attributes>(attributes: T): T {
    return this.isNeeded ? this.attributes(attributes, this.rules) as T : attributes;
  }

  /**
   * A stream record as it may be kept. Beside its masked images only what is known to be no value of an item stays; the rest is named
   * under `withheld`.
   */
  public record(record: unknown): unknown {
    if (!this.isNeeded) return record;
    const { kept, images, withheld } = metadataOf(record);
    const masked = Object.fromEntries(Object.entries(images).map(([name, image]) => [name, this.image(image)]));
    return { ...kept, dynamodb: { ...kept.dynamodb, ...masked }, ...(withheld.length > 0 && { withheld }) };
  }

  private attributes(attributes: Attributes, rules: Masking['rules']): Attributes {
    return Object.fromEntries(Object.entries(attributes).flatMap(([name, value]) => {
      const own = rules.filter(([path]) => path === name).map(([, rule]) => rule);
      if (own.includes('drop')) return [];
      if (own.includes('hash')) return [[name, this.hashed(value)]];
      // A name may itself have dots, so every reading of a path counts.
      const inner = rules.filter(([path]) => path.startsWith(`${name}.`)).map(([path, rule]) => [path.slice(name.length + 1), rule] as const);
      return inner.length === 0 ? [[name, value]] : this.within(value, inner).map(masked => [name, masked]);
    }));
  }

  /** The value with its inner private ones masked; none where it cannot be told what it holds and something in it is to be dropped. */
  private within(value: unknown, rules: Masking['rules']): unknown[] {
    const [type, content] = onlyMember(value);
    if (type === 'M' && isRecord(content)) return [{ M: this.attributes(content, rules) }];
    if (type === 'L' && Array.isArray(content)) return [{ L: content.flatMap(element => this.within(element, rules)) }];
    if (type !== undefined && SIMPLE_TYPES.has(type)) return [value];
    return rules.some(([, rule]) => rule === 'drop') ? [] : [this.hashed(value)];
  }

  private hashed(value: unknown): unknown {
    const [type, content] = onlyMember(value);
    if (type === 'NULL' && content === true) return value;
    const text = TEXT_TYPES.has(type ?? '') && typeof content === 'string' ? content : canonicalJson(withSortedSets(value) ?? null);
    if (!this.hasher) throw new HashKeyError('an attribute is to be hashed, but there is no hash key: deploy the stack again without changes made by hand');
    return type === 'S' && this.hasher.isOwn(text) ? value : { S: this.hasher.hash(text) };
  }
}

/** The masking of every Silver table; the hash key is only fetched where one hashes. Throws HashKeyError. */
export async function maskings(spec: PipelineSpec, store: ObjectStore, source: HashKeySource | undefined): Promise<Named<Masking>> {
  const rules = Object.values(spec.tables).flatMap(({ privacy = {} }) => Object.values(privacy));
  const hasher = source && rules.includes('hash') ? await hasherOf(store, source) : undefined;
  return Object.fromEntries(Object.entries(spec.tables).map(([name, { privacy = {} }]) => [name, new Masking(privacy, hasher)]));
}

const TEXT_TYPES: ReadonlySet<string> = new Set(['S', 'N', 'B']);
const SIMPLE_TYPES: ReadonlySet<string> = new Set([...TEXT_TYPES, 'BOOL', 'NULL', 'SS', 'NS', 'BS']);

/** The type of an attribute value and what it holds, if it is one. */
function onlyMember(value: unknown): readonly [type: string, content: unknown] | readonly [undefined, undefined] {
  const entries = isRecord(value) ? Object.entries(value) : [];
  return entries.length === 1 ? entries[0] : [undefined, undefined];
}

/** Equal sets come in any order. */
function withSortedSets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedSets);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => {
    const isSet = ['SS', 'NS', 'BS'].includes(name) && Array.isArray(member);
    return [name, isSet ? member.map(String).sort() : withSortedSets(member)];
  }));
}
