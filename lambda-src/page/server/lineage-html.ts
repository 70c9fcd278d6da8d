import type { PipelineSpec } from '../../../src/spec/pipeline-spec';
import { lineageGraph } from '../../lineage/lineage-graph';
import { lineageSvg } from '../../lineage/lineage-svg';
import { STYLE } from './page-html';

export function lineageHtml(spec: PipelineSpec): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>How the tables are made</title><link rel="icon" href="data:,">
<style>${STYLE} body > * { margin: 12px 16px; } .scroll { height: auto; background: #fff; border: 1px solid var(--line); border-radius: 4px; display: block; padding: 0; }
.scroll svg { display: block; width: 100%; height: auto; min-width: 1200px; }</style></head>
<body><h1>How the tables are made</h1><p><a href="/">Back to the dashboards</a>. A solid arrow is the way of a change, a dashed one a join; rest the pointer on a box for all that is said of it.</p>
<main class="scroll" tabindex="0" aria-label="The picture">${lineageSvg(lineageGraph(spec))}</main></body>
</html>
`;
}
