import type { WindowSpec } from '../../src/spec/pipeline-spec';

/** The beginning of a window as Grafana writes times; windows begin at the start of a day or an hour. */
export function startOf(window: WindowSpec): string {
  switch (window.kind) {
    case 'today': return 'now/d';
    case 'last': return `now-${window.count}${window.unit === 'day' ? 'd/d' : 'h/h'}`;
    case 'all-time': return 'now-30y';
  }
}

/** A span as Grafana writes it: `5m`. */
export function interval(seconds: number): string {
  if (seconds % 3600 === 0) return `${seconds / 3600}h`;
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}
