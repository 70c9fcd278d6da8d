import { TimeExpressionError, timeOf } from '../../../lambda-src/local/grafana/time-range';
import { grafanaTime } from '../../helpers/grafana-frame';

const NOWS = ['2026-03-29T12:34:56.789Z', '2026-03-31T23:59:59.999Z', '2024-02-29T00:00:00.000Z', '2026-01-01T00:00:00.000Z'].map(text => new Date(text));

test.each([
  'now', 'now-30d/d', 'now-48h/h', 'now/d', 'now-7d', 'now-6h', 'now-15m', 'now-90s', 'now-2w', 'now-1M', 'now-13M/M', 'now/M', 'now-1y', 'now/y', 'now/w', 'now-1y/y',
])('%s is when Grafana says that it is', expression => {
  for (const now of NOWS) expect(timeOf(expression, now)).toEqual(grafanaTime(expression, now));
});

test.each(['yesterday', 'now+1d', 'now-1x', 'now-30d/q', ''])('%s is no relative time', expression => {
  expect(() => timeOf(expression, NOWS[0])).toThrow(TimeExpressionError);
});
