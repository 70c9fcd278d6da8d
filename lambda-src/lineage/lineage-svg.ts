import type { LineageEdge, LineageGraph, LineageLayer, LineageNode } from './lineage-graph';
import { shownDetails } from './lineage-text';
import { wrapText } from './wrap-text';

const COLORS: { readonly [layer in LineageNode['layer']]: string } = {
  source: '#3f6f8f', bronze: '#9a5b13', silver: '#57606a', gold: '#8a6100', panel: '#1f60c4',
};
const WIDTH = 280;
const GAP = 80;
const LINE = 16;
const INDENT = 12;
const FONT = 12;
const MARGIN = 24;
const HEAD = 76;
const TITLE = 28;
const MOST_LINES = 24;
/** How far a join bows out of its column. */
const BOW = 56;

interface Line {
  readonly text: string;
  readonly indent: number;
  readonly className: 'detail' | 'remark';
}

interface Box {
  readonly node: LineageNode;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly lines: readonly Line[];
}

/** The graph as a picture: a column for each layer, an arrow for each flow, a dashed one for each join. */
export function lineageSvg(graph: LineageGraph): string {
  const { layers, nodes, edges } = graph;
  const boxes = layers.flatMap(({ name }, column) => stacked(nodes.filter(({ layer }) => layer === name), column));
  const byId = new Map(boxes.map(box => [box.node.id, box]));
  const width = 2 * MARGIN + layers.length * WIDTH + (layers.length - 1) * GAP;
  const height = Math.max(...boxes.map(({ y, height: own }) => y + own)) + MARGIN;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="How the tables of the pipeline are made">
<style>text{font:${FONT}px system-ui,sans-serif;fill:#24292f}.head{font-size:16px;font-weight:600}.title{font-weight:600;fill:#fff}.remark,.when{fill:#57606a}.remark{font-style:italic}</style>
<rect width="100%" height="100%" fill="#fff"/>
<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#8c959f"/></marker></defs>
${layers.map(headSvg).join('\n')}
${edges.map(edge => arrow(edge, byId)).join('\n')}
${boxes.map(boxSvg).join('\n')}
</svg>
`;
}

function headSvg({ title, when }: LineageLayer, column: number): string {
  const x = MARGIN + column * (WIDTH + GAP);
  return `${text(x, MARGIN + 14, title, 'head')}\n${text(x, MARGIN + 33, when, 'when')}`;
}

function stacked(nodes: readonly LineageNode[], column: number): Box[] {
  let y = HEAD;
  return nodes.map(node => {
    const lines = linesOf(node);
    const box = { node, x: MARGIN + column * (WIDTH + GAP), y, height: TITLE + (lines.length > 0 ? lines.length * LINE + 8 : 0), lines };
    y += box.height + 18;
    return box;
  });
}

function linesOf({ details, remarks }: LineageNode): Line[] {
  const shown = shownDetails(details, MOST_LINES);
  return [...shown.flatMap(detail => wrapped(detail, 'detail')), ...remarks.flatMap(remark => wrapped(remark, 'remark'))];
}

/** What does not fit a line goes on in the next, a little to the right. */
function wrapped(content: string, className: Line['className']): Line[] {
  return wrapText(content, WIDTH - 20 - INDENT, FONT).map((line, index) => ({ text: line, indent: index === 0 ? 0 : INDENT, className }));
}

function boxSvg({ node, x, y, height, lines }: Box): string {
  const color = COLORS[node.layer];
  const [title, ...more] = wrapText(node.title, WIDTH - 20, FONT + 1);
  const rows = lines.map((line, index) => text(x + 10 + line.indent, y + TITLE + 15 + index * LINE, line.text, line.className));
  return `<g><title>${escaped([node.title, ...node.details, ...node.remarks].join('\n'))}</title>
<rect x="${x}" y="${y}" width="${WIDTH}" height="${height}" rx="5" fill="#f6f8fa" stroke="${color}"/>
<path d="M${x} ${y + TITLE - 2}V${y + 5}a5 5 0 0 1 5 -5H${x + WIDTH - 5}a5 5 0 0 1 5 5V${y + TITLE - 2}z" fill="${color}"/>
${text(x + 10, y + 18, more.length > 0 ? `${title}…` : title, 'title')}
${rows.join('\n')}</g>`;
}

function arrow({ from, to, kind, label }: LineageEdge, boxes: ReadonlyMap<string, Box>): string {
  const [start, end] = [boxes.get(from)!, boxes.get(to)!];
  const [y1, y2] = [start.y + TITLE / 2, end.y + TITLE / 2];
  // A join stays within its column: it bows out to the left.
  const path = kind === 'join'
    ? `M${start.x} ${y1 + 6}C${start.x - BOW} ${y1 + 6} ${end.x - BOW} ${y2 - 6} ${end.x} ${y2 - 6}`
    : `M${start.x + WIDTH} ${y1}C${start.x + WIDTH + GAP / 2} ${y1} ${end.x - GAP / 2} ${y2} ${end.x} ${y2}`;
  const title = label === undefined ? '' : `<title>joined on ${escaped(label)}</title>`;
  return `<path d="${path}" fill="none" stroke="#8c959f" stroke-width="1.5"${kind === 'join' ? ' stroke-dasharray="5 4"' : ''} marker-end="url(#arrow)">${title}</path>`;
}

function text(x: number, y: number, content: string, className: string): string {
  return `<text x="${x}" y="${y}" class="${className}">${escaped(content)}</text>`;
}

function escaped(content: string): string {
  return content.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
