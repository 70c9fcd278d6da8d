import type { ColumnType } from '../../../src/spec/column-type';
import { base64Of, booleanOf, numberOf, numericTextOf, stringOf } from './attribute';
import { epochDay } from './calendar';
import { scaledInteger } from './exact-number';
import { misfit, type Misfit } from './misfit';

/** An attribute value, which is not null, as a physical value. */
export type Convert<P> = (value: unknown) => P | Misfit;

export const convertString: Convert<string> = value => stringOf(value) ?? numberOf(value) ?? misfit(value, 'string');

export const convertBoolean: Convert<boolean> = value => booleanOf(value) ?? misfit(value, 'boolean');

export const convertInteger: Convert<bigint> = value => integer(value, 32) ?? misfit(value, 'integer');

export const convertBigint: Convert<bigint> = value => integer(value, 64) ?? misfit(value, 'bigint');

export const convertDouble: Convert<number> = value => {
  const text = numericTextOf(value);
  const number = text === undefined ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : misfit(value, 'double');
};

/** Days since 1970. */
export const convertDate: Convert<number> = value => {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(stringOf(value) ?? '');
  const day = match ? epochDay(Number(match[1]), Number(match[2]), Number(match[3])) : undefined;
  return day ?? misfit(value, 'date in the form yyyy-MM-dd');
};

export const convertBinary: Convert<Uint8Array> = value => {
  const text = base64Of(value);
  return text === undefined ? misfit(value, 'binary') : Buffer.from(text, 'base64');
};

/** The unscaled value; a number that does not fit exactly is none. */
export function decimalConverter({ precision, scale }: ColumnType & { kind: 'decimal' }): Convert<bigint> {
  return value => {
    const text = numericTextOf(value);
    const unscaled = text === undefined ? undefined : scaledInteger(text, precision, scale);
    return unscaled ?? misfit(value, `decimal(${precision},${scale})`);
  };
}

function integer(value: unknown, bits: 32 | 64): bigint | undefined {
  const text = numericTextOf(value);
  const number = text === undefined ? undefined : scaledInteger(text, 19, 0);
  return number !== undefined && BigInt.asIntN(bits, number) === number ? number : undefined;
}
