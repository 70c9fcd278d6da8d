import type { FrameValue } from './frame';
import type { FieldProperties } from './panel-definition';

/** Units that only this library's panels need; the others show the number with the unit's name behind it. */
const SCALED: readonly (readonly [number, string])[] = [[1e12, ' Tri'], [1e9, ' Bil'], [1e6, ' Mil'], [1e3, ' K']];
const BYTES = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
const SPANS: readonly (readonly [number, string])[] = [[31_536_000, 'years'], [86_400, 'days'], [3600, 'hours'], [60, 'mins'], [1, 's']];

/** A value as Grafana would write it in a cell or beside an axis. `now` is for ages. */
export function formatValue(value: FrameValue, { unit = '', decimals, noValue = '-' }: FieldProperties, now: number): string {
  if (value === null) return noValue === 'No rows' ? '-' : noValue;
  if (typeof value === 'string') return value;
  if (unit.startsWith('currency:')) return `${value < 0 ? '-' : ''}${unit.slice('currency:'.length)}${scaled(Math.abs(value), decimals)}`;
  if (unit.startsWith('suffix:')) return `${plain(value, decimals)}${unit.slice('suffix:'.length)}`;
  if (unit.startsWith('time:')) return dateText(value, unit.slice('time:'.length));
  switch (unit) {
    case 'short': return scaled(value, decimals);
    case '': case 'none': case 'locale': return plain(value, decimals);
    case 'percent': return `${plain(value, decimals ?? 1)}%`;
    case 'percentunit': return `${plain(value * 100, decimals ?? 1)}%`;
    case 'bytes': return bytes(value, decimals);
    case 's': return span(value);
    case 'ms': return Math.abs(value) < 1000 ? `${plain(value, decimals)} ms` : span(value / 1000);
    case 'dateTimeFromNow': return age(now - value);
    case 'dateTimeAsIso': return new Date(value).toISOString().slice(0, 19).replace('T', ' ');
    default: return `${plain(value, decimals)} ${unit}`;
  }
}

/** A time as cells show it: the day alone where it is midnight. */
export function timeText(time: number): string {
  const text = new Date(time).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ');
}

function plain(value: number, decimals: number | undefined): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: decimals ?? 0, maximumFractionDigits: decimals ?? 2 });
}

function scaled(value: number, decimals: number | undefined): string {
  const step = decimals === undefined ? SCALED.find(([size]) => Math.abs(value) >= size) : undefined;
  if (!step) return plain(value, decimals ?? (Number.isInteger(value) ? 0 : 2));
  return `${Number((value / step[0]).toPrecision(3)).toLocaleString('en-US')}${step[1]}`;
}

function bytes(value: number, decimals: number | undefined): string {
  const power = Math.min(BYTES.length - 1, Math.max(0, Math.floor(Math.log2(Math.abs(value) || 1) / 10)));
  return `${plain(value / 1024 ** power, decimals ?? (power === 0 ? 0 : 1))} ${BYTES[power]}`;
}

function span(seconds: number): string {
  const [size, name] = SPANS.find(([length]) => Math.abs(seconds) >= length) ?? SPANS.at(-1)!;
  return `${plain(seconds / size, size === 1 ? undefined : 1)} ${name}`;
}

function age(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return 'a few seconds ago';
  const [size, name] = SPANS.find(([length]) => seconds >= length)!;
  const count = Math.round(seconds / size);
  const word = name === 'mins' ? 'minutes' : name;
  return `${count} ${count === 1 ? word.replace(/s$/, '') : word} ago`;
}

/** Of moment's patterns those parts that dashboards here use. */
function dateText(time: number, pattern: string): string {
  const iso = new Date(time).toISOString();
  const parts: { readonly [part: string]: string } = {
    YYYY: iso.slice(0, 4), MM: iso.slice(5, 7), DD: iso.slice(8, 10), HH: iso.slice(11, 13), mm: iso.slice(14, 16), ss: iso.slice(17, 19),
  };
  return pattern.replace(/YYYY|MM|DD|HH|mm|ss/g, part => parts[part]);
}
