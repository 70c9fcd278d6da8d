import type { ColumnSpec, ColumnType } from '../spec/column-type';
import type { Named } from '../spec/pipeline-spec';
import type { Check } from './check';
import { declaredWindows } from './declared-windows';

/** Zones that the time zone database knows; only they have days that begin somewhere. */
export const checkTimeZones: Check = ({ declaration }) => [
  { path: 'timeZone', timeZone: declaration.timeZone },
  ...declaredWindows(declaration).flatMap(({ path, window }) => {
    return window.kind !== 'all-time' && window.timeZone !== undefined ? [{ path, timeZone: window.timeZone }] : [];
  }),
  ...Object.entries(declaration.tables).flatMap(([name, table]) => columnZones(`tables.${name}.columns`, table.columns)),
].filter(({ timeZone }) => !isTimeZone(timeZone)).map(({ path, timeZone }) => ({
  path, what: 'no time zone', value: timeZone, fix: "use a name such as TimeZone.EUROPE_BERLIN or TimeZone.of('Europe/Berlin')",
}));

interface PlacedZone {
  readonly path: string;
  readonly timeZone: string;
}

function columnZones(path: string, columns: Named<ColumnSpec>): PlacedZone[] {
  return Object.entries(columns).flatMap(([name, column]) => zonesIn(`${path}.${name}`, column.type));
}

function zonesIn(path: string, type: ColumnType): PlacedZone[] {
  switch (type.kind) {
    case 'timestamp': return type.format.kind === 'pattern' ? [{ path, timeZone: type.format.timeZone }] : [];
    case 'list': case 'set': return zonesIn(path, type.element);
    case 'map': return zonesIn(path, type.value);
    case 'struct': return columnZones(path, type.fields);
    default: return [];
  }
}

function isTimeZone(name: string): boolean {
  // Newer Node versions take offsets too, which have no rules for summer time.
  if (/^[+-]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
