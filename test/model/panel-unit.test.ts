import { PanelUnit } from '../../src';
import { withUnit } from '../helpers/grafana-frame';

test.each([
  [PanelUnit.NUMBER, 1234567.5, '1,234,567.5'],
  [PanelUnit.SHORT, 1234567, '1.23 Mil'],
  [PanelUnit.PERCENT, 12.5, '12.5%'],
  [PanelUnit.SHARE, 0.125, '12.5%'],
  [PanelUnit.BYTES, 2048, '2 KiB'],
  [PanelUnit.SECONDS, 90, '1.50 mins'],
  [PanelUnit.MILLISECONDS, 90, '90 ms'],
  [PanelUnit.currency('€'), 1234, '€1.23K'],
  [PanelUnit.currency('CHF '), 5, 'CHF 5'],
  [PanelUnit.counting('orders'), 1234, '1234 orders'],
  [PanelUnit.of('celsius'), 20, '20 °C'],
])('Grafana knows the unit (%#)', (unit, value, expected) => {
  expect(withUnit(unit._render(), value)).toBe(expected);
});
