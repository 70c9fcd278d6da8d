import { LAYERS, type LineageEdge, type LineageGraph, type LineageNode } from './lineage-graph';

const TITLES: { readonly [layer in LineageNode['layer']]: string } = {
  source: 'Sources', bronze: 'Bronze', silver: 'Silver', gold: 'Gold', panel: 'Panels',
};
const COLORS: { readonly [layer in LineageNode['layer']]: string } = {
  source: '#57606a', bronze: '#9a5b13', silver: '#57606a', gold: '#8a6100', panel: '#1f60c4',
};
const WIDTH = 250;
const GAP = 90;
const LINE = 16;
const MARGIN = 24;
const HEAD = 60;
const LONGEST = 34;
const MOST_LINES = 14;

interface Box {
  readonly node: LineageNode;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly lines: readonly string[];
}

/** The graph as a picture: a column for each layer, an arrow for each flow, a dashed one for each join. */
export function lineageSvg(graph: LineageGraph): string {
  const columns = LAYERS.filter(layer => graph.nodes.some(node => node.layer === layer));
  const boxes = columns.flatMap((layer, column) => stacked(graph.nodes.filter(node => node.layer === layer), column));
  const byId = new Map(boxes.map(box => [box.node.id, box]));
  const width = 2 * MARGIN + columns.length * WIDTH + (columns.length - 1) * GAP;
  const height = Math.max(...boxes.map(({ y, height: own }) => y + own)) + MARGIN;
  const heads = columns.map((layer, column) => text(MARGIN + column * (WIDTH + GAP), MARGIN + 14, TITLES[layer], 'head'));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="How the tables of the pipeline are made">
<style>text{font:12px system-ui,sans-serif;fill:#24292f}.head{font-size:16px;font-weight:600}.title{font-weight:600;fill:#fff}.quiet{fill:#57606a;font-style:italic}</style>
<rect width="100%" height="100%" fill="#fff"/>
<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#8c959f"/></marker></defs>
${graph.edges.map(edge => arrow(edge, byId)).join('\n')}
${heads.join('\n')}
${boxes.map(boxSvg).join('\n')}
</svg>
`;
}

function stacked(nodes: readonly LineageNode[], column: number): Box[] {
  let y = HEAD;
  return nodes.map(node => {
    const lines = linesOf(node);
    const box = { node, x: MARGIN + column * (WIDTH + GAP), y, height: 30 + lines.length * LINE + (lines.length > 0 ? 8 : 0), lines };
    y += box.height + 18;
    return box;
  });
}

function linesOf({ details, remarks }: LineageNode): string[] {
  const shown = details.length > MOST_LINES ? [...details.slice(0, MOST_LINES - 1), `… and ${details.length - MOST_LINES + 1} more`] : details;
  return [...shown, ...remarks.map(remark => `» ${remark}`)];
}

function boxSvg({ node, x, y, height, lines }: Box): string {
  const rows = lines.map((line, index) => text(x + 10, y + 44 + index * LINE, line, line.startsWith('»') ? 'quiet' : ''));
  return `<g><title>${escaped([node.title, ...node.details, ...node.remarks].join('\n'))}</title>
<rect x="${x}" y="${y}" width="${WIDTH}" height="${height}" rx="5" fill="#f6f8fa" stroke="${COLORS[node.layer]}"/>
<path d="M${x} ${y + 26}V${y + 5}a5 5 0 0 1 5 -5H${x + WIDTH - 5}a5 5 0 0 1 5 5V${y + 26}z" fill="${COLORS[node.layer]}"/>
${text(x + 10, y + 18, node.title, 'title')}
${rows.join('\n')}</g>`;
}

function arrow({ from, to, kind, label }: LineageEdge, boxes: ReadonlyMap<string, Box>): string {
  const [start, end] = [boxes.get(from)!, boxes.get(to)!];
  const [y1, y2] = [start.y + 13, end.y + 13];
  // A join stays within its column: it bows out to the left.
  const [x1, x2] = kind === 'join' ? [start.x, end.x] : [start.x + WIDTH, end.x];
  const bend = kind === 'join' ? -60 : GAP / 2;
  const path = kind === 'join' ? `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 + bend} ${y2} ${x2} ${y2}` : `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
  const title = label === undefined ? '' : `<title>joined by ${escaped(label)}</title>`;
  return `<path d="${path}" fill="none" stroke="#8c959f" stroke-width="1.5"${kind === 'join' ? ' stroke-dasharray="5 4"' : ''} marker-end="url(#arrow)">${title}</path>`;
}

function text(x: number, y: number, content: string, className: string): string {
  const shown = content.length > LONGEST ? `${content.slice(0, LONGEST - 1)}…` : content;
  return `<text x="${x}" y="${y}"${className === '' ? '' : ` class="${className}"`}>${escaped(shown)}</text>`;
}

function escaped(content: string): string {
  return content.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
