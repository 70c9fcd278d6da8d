import type { LineageEdge, LineageGraph, LineageNode } from './lineage-graph';
import { shownDetails } from './lineage-text';

/** A flow chart is read from afar; a list of columns that is longer is in the picture and in the code. */
const MOST_LINES = 14;

/** The graph as a page of Markdown with a flow chart in Mermaid, which GitHub, GitLab and most wikis draw. */
export function lineageMarkdown(pipeline: string, graph: LineageGraph): string {
  return [
    `# How the tables of ${pipeline} are made`,
    '',
    'Written by `cdk synth`. A dotted arrow is a join; `lineage.svg` shows the same as a picture.',
    '',
    '```mermaid',
    mermaid(graph),
    '```',
    '',
  ].join('\n');
}

function mermaid({ layers, nodes, edges }: LineageGraph): string {
  const ids = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  return [
    'flowchart LR',
    ...layers.flatMap(({ name, title, when }) => [
      `  subgraph ${name}_layer ["${escaped(`${title}: ${when}`)}"]`,
      '    direction TB',
      ...nodes.filter(({ layer }) => layer === name).map(node => `    ${ids.get(node.id)}["${label(node)}"]`),
      '  end',
    ]),
    ...edges.map(edge => `  ${ids.get(edge.from)} ${arrow(edge)} ${ids.get(edge.to)}`),
  ].join('\n');
}

function label({ title, details, remarks }: LineageNode): string {
  const shown = shownDetails(details, MOST_LINES);
  return [`<b>${escaped(title)}</b>`, ...shown.map(escaped), ...remarks.map(remark => `<i>${escaped(remark)}</i>`)].join('<br/>');
}

function arrow({ kind, label: on }: LineageEdge): string {
  if (kind === 'flow') return '-->';
  return on === undefined ? '-.->' : `-. "${escaped(on)}" .->`;
}

/** Mermaid's own way to write a character by its number; it takes many of them for syntax, in quotes too. */
function escaped(text: string): string {
  return text.replace(/[^\p{L}\p{N} _.,:=…-]/gu, character => `#${character.codePointAt(0)};`);
}
