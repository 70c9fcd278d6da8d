/** A query's answer as panels draw it: Grafana's data frame, row by row. */
export interface Frame {
  readonly fields: readonly FrameField[];
  readonly rows: readonly (readonly FrameValue[])[];
}

export interface FrameField {
  readonly name: string;
  readonly type: 'number' | 'time' | 'text';
}

/** A time is epoch milliseconds. */
export type FrameValue = number | string | null;

/** A line of a time series: points in order of time, and the label that tells it from the others. */
export interface Series {
  /** Name of the number field. */
  readonly field: string;
  /** Text fields with this line's values. */
  readonly labels: { readonly [name: string]: string };
  readonly points: readonly (readonly [time: number, value: number | null])[];
}

/** Cuts a long frame (time, labels, numbers) into lines, as Grafana's Athena plugin does for time series. */
export function seriesOf({ fields, rows }: Frame): Series[] {
  const time = fields.findIndex(({ type }) => type === 'time');
  const labels = fields.flatMap(({ type, name }, index) => type === 'text' ? [{ name, index }] : []);
  const numbers = fields.flatMap(({ type, name }, index) => type === 'number' ? [{ name, index }] : []);
  const lines = new Map<string, { field: string; labels: { [name: string]: string }; points: [number, number | null][] }>();
  for (const row of rows) {
    for (const number of numbers) {
      const own = Object.fromEntries(labels.map(({ name, index }) => [name, String(row[index] ?? '')]));
      const key = JSON.stringify([number.name, ...Object.values(own)]);
      const line = lines.get(key) ?? { field: number.name, labels: own, points: [] };
      line.points.push([row[time] as number, row[number.index] as number | null]);
      lines.set(key, line);
    }
  }
  return [...lines.values()];
}
