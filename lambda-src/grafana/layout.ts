import type { PanelSpec } from '../../src/spec/dashboard-spec';

/** In units of the grid: 24 to the width of the page, 30 pixels a row. */
export interface GridPosition {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

const GRID = 24;

interface Size {
  readonly w: number;
  readonly h: number;
}

/** Panels in reading order, line by line; figures stand among figures, charts among charts, and every line fills the page. */
export function arrange(panels: readonly PanelSpec[]): GridPosition[] {
  let y = 0;
  return linesOf(panels).flatMap(line => {
    const positions = placed(line, y);
    y = Math.max(...positions.map(position => position.y + position.h));
    return positions;
  });
}

function linesOf(panels: readonly PanelSpec[]): PanelSpec[][] {
  const lines: PanelSpec[][] = [];
  for (const panel of panels) {
    const line = lines.at(-1);
    const fits = line && isFlat(line[0]) === isFlat(panel) && widthOf([...line, panel]) <= GRID;
    if (fits) line.push(panel);
    else lines.push([panel]);
  }
  return lines;
}

/** Widths that nobody has chosen share what is left of the line. */
function placed(line: readonly PanelSpec[], y: number): GridPosition[] {
  const height = Math.max(...line.map(panel => panel.height ?? sizeOf(panel).h));
  const free = line.filter(({ width }) => width === undefined);
  const wanted = free.reduce((sum, panel) => sum + sizeOf(panel).w, 0);
  let spare = GRID - widthOf(line);
  let rest = wanted;
  let x = 0;
  return line.map(panel => {
    const size = sizeOf(panel);
    const share = panel.width === undefined ? Math.round(spare * size.w / rest) : 0;
    if (panel.width === undefined) {
      spare -= share;
      rest -= size.w;
    }
    const position = { x, y, w: (panel.width ?? size.w) + share, h: panel.height ?? height };
    x += position.w;
    return position;
  });
}

function widthOf(line: readonly PanelSpec[]): number {
  return line.reduce((sum, panel) => sum + (panel.width ?? sizeOf(panel).w), 0);
}

function isFlat({ kind }: PanelSpec): boolean {
  return kind === 'stat' || kind === 'total';
}

function sizeOf(panel: PanelSpec): Size {
  switch (panel.kind) {
    case 'total': return { w: 6, h: 4 };
    case 'stat': return { w: Math.min(GRID, Math.max(6, 4 * panel.metrics.length)), h: 4 };
    case 'gauge': return { w: 6, h: 9 };
    case 'pie': case 'bar-gauge': return { w: 8, h: 9 };
    case 'bar': case 'table': return { w: 12, h: 9 };
    case 'time-series': return { w: 16, h: 9 };
  }
}
