import { unknownName } from '../checks/lookup';
import type { Problem } from '../checks/problem';
import type { PanelCommonDeclaration } from '../spec/dashboard-declaration';
import type { FieldStyleSpec } from '../spec/dashboard-spec';

const GRID_WIDTH = 24;
const MAX_HEIGHT = 60;
const MAX_DECIMALS = 15;
const ADDRESS = /^(https?:\/\/|\/)/;

/** What is wrong with how a panel is to look. `styled`: what it may have styles for. */
export function appearanceProblems(path: string, panel: PanelCommonDeclaration, styled: readonly string[]): Problem[] {
  return [
    ...wholeNumber(`${path}.width`, panel.width, 1, GRID_WIDTH),
    ...wholeNumber(`${path}.height`, panel.height, 2, MAX_HEIGHT),
    ...styleProblems(path, panel),
    ...Object.entries(panel.styles ?? {}).flatMap(([name, style]) => [
      ...(styled.includes(name) ? [] : [unknownName(`${path}.styles.${name}`, 'column in the panel', name, styled)]),
      ...styleProblems(`${path}.styles.${name}`, style),
    ]),
    ...Object.entries(panel.links ?? {}).flatMap(([text, address]) => addressProblems(`${path}.links.${text}`, address)),
  ];
}

export function wholeNumber(path: string, value: number | undefined, least: number, most: number): Problem[] {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return [];
  return [{ path, what: 'out of range', value: String(value), fix: `use a whole number from ${least} to ${most}` }];
}

function styleProblems(path: string, { decimals, thresholds, link }: FieldStyleSpec): Problem[] {
  return [
    ...wholeNumber(`${path}.decimals`, decimals, 0, MAX_DECIMALS),
    ...thresholdProblems(`${path}.thresholds`, thresholds ?? []),
    ...(link === undefined ? [] : addressProblems(`${path}.link`, link)),
  ];
}

function thresholdProblems(path: string, thresholds: NonNullable<FieldStyleSpec['thresholds']>): Problem[] {
  const bounds = thresholds.map(({ value }) => value).filter(value => value !== undefined);
  const lowest = thresholds.length - bounds.length;
  return [
    ...(lowest > 1 ? [{ path, what: 'more than one lowest colour', fix: 'keep one PanelThreshold.lowest(…)' }] : []),
    ...(bounds.some((bound, i) => i > 0 && bound <= bounds[i - 1])
      ? [{ path, what: 'the bounds do not rise', value: bounds.join(', '), fix: 'list them from the least to the greatest, each once' }]
      : []),
  ];
}

function addressProblems(path: string, address: string): Problem[] {
  if (ADDRESS.test(address)) return [];
  return [{ path, what: 'no address of a page', value: address, fix: "begin it with 'https://', 'http://' or '/'" }];
}
