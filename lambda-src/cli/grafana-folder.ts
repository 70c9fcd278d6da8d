import { AssemblyError, choosePipeline, findPipelines } from '../local/find-pipelines';

/** Where a pipeline's Grafana files lie in a cloud assembly. Throws AssemblyError. */
export function chooseGrafanaFiles(app: string, pipeline: string | undefined): string {
  const { path, grafanaFolder } = choosePipeline(findPipelines(app), pipeline);
  if (grafanaFolder === undefined) {
    throw new AssemblyError(`${path} has no dashboard, and so no Grafana files; declare one, or leave \`dashboards\` out and have one made from the Gold tables`);
  }
  return grafanaFolder;
}
