import type { Problem } from '../checks/problem';
import { closestName } from '../expression/closest-name';

/** Compares what a noun was given with what it takes. Compilers see to that, but not in JavaScript and not behind `any`. */
export type Shape = (path: string, value: unknown) => readonly Problem[];

/** A shape for each property of a struct: the compiler wants a new property here too. */
export type StructShape<T> = { readonly [K in keyof Required<T>]: Shape };

interface Checked {
  _problems(path: string): readonly Problem[];
}

/** Their constructors are private. */
interface NounClass {
  readonly name: string;
  readonly prototype: Checked;
}

/** Anything: somebody else checks it. */
export const ANYTHING: Shape = () => [];

/** @param what `the attribute`; @param fix a call that is right. */
export function text(what: string, fix: string): Shape {
  return is(value => typeof value === 'string', `${what} must be text`, fix);
}

export function number(what: string, fix: string): Shape {
  return is(value => typeof value === 'number', `${what} must be a number`, fix);
}

export function oneOf(values: readonly unknown[], what: string, fix: string): Shape {
  return is(value => values.includes(value), what, fix);
}

/** An object of the CDK, by the property that makes it one: an app may hold more than one copy of the CDK. */
export function cdkObject(property: string, what: string, fix: string): Shape {
  return is(value => typeof value === 'object' && value !== null && property in value, what, fix);
}

/** Missing is well too. */
export function optional(shape: Shape): Shape {
  return (path, value) => value === undefined || value === null ? [] : shape(path, value);
}

export function listOf(shape: Shape, fix: string): Shape {
  return (path, value) => Array.isArray(value)
    ? Array.from(value as unknown[]).flatMap((element, i) => shape(`${path}[${i}]`, element))
    : mismatch(path, 'a list is expected', value, fix);
}

export function mapOf(shape: Shape, fix: string): Shape {
  return (path, value) => isPlain(value)
    ? Object.entries(value).flatMap(([name, member]) => shape(`${path}.${name}`, member))
    : mismatch(path, 'an object of names is expected', value, fix);
}

/** What one of the model's classes made, itself made of what it takes. */
export function made(by: () => NounClass, fix: string): Shape {
  return (path, value) => isMadeBy(by(), value) ? value._problems(path) : mismatch(path, `${withArticle(by().name)} is expected`, value, fix);
}

/** Known properties in their shapes, and no others: a misspelt one would do nothing. */
export function struct<T>(shapes: StructShape<T>, fix: string): Shape {
  return (path, value) => {
    if (!isPlain(value)) return mismatch(path, 'an object of options is expected', value, fix);
    const known = Object.keys(shapes);
    const unknown = Object.keys(value).filter(name => value[name] !== undefined && !known.includes(name));
    return [
      ...unknown.map(name => unknownProperty(path, name, known)),
      ...known.flatMap(name => shapes[name as keyof T](path ? `${path}.${name}` : name, value[name])),
    ];
  };
}

function is(fits: (value: unknown) => boolean, what: string, fix: string): Shape {
  return (path, value) => fits(value) ? [] : mismatch(path, what, value, fix);
}

function mismatch(path: string, what: string, value: unknown, fix: string): Problem[] {
  return [{ path, what, value: described(value), fix: typeof value === 'function' ? `call it: ${fix}` : fix }];
}

function unknownProperty(path: string, name: string, known: readonly string[]): Problem {
  const closest = closestName(name, known);
  const fix = closest ? `did you mean '${closest}'?` : `use ${[...known].sort().join(', ')}`;
  return { path: path || name, what: 'there is no property of that name', value: name, fix };
}

function isMadeBy({ prototype }: NounClass, value: unknown): value is Checked {
  return typeof value === 'object' && value !== null && Object.prototype.isPrototypeOf.call(prototype, value);
}

/** Not a list, not an instance of a class. */
function isPlain(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('_problems' in value);
}

function described(value: unknown): string {
  if (typeof value === 'string') return `the text '${value}'`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return String(value);
  const name = value.constructor?.name;
  // Packages that are bundled number their classes.
  return name && name !== 'Object' ? withArticle(name.replace(/\d+$/, '')) : 'an object';
}

function withArticle(name: string): string {
  return `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`;
}
