import type { GrafanaFiles } from '../../src/spec/grafana-files';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { lineageGraph } from './lineage-graph';
import { lineageMarkdown } from './lineage-markdown';
import { lineageSvg } from './lineage-svg';

/** The way from the sources to the panels, as a picture and as a page of Markdown. */
export function lineageFiles(spec: PipelineSpec, pipeline: string): GrafanaFiles {
  const graph = lineageGraph(spec);
  return { 'lineage.svg': lineageSvg(graph), 'lineage.md': lineageMarkdown(pipeline, graph) };
}
