import type { PipelineSpec } from './pipeline-spec';

/** What only the construct knows of the place where a dashboard's data lie. */
export interface GrafanaDeployment {
  /** The pipeline's own name. */
  readonly name: string;
  readonly workgroup: string;
  readonly goldDatabase: string;
  /** Undefined where only a deploy decides it. */
  readonly region?: string;
  /** A role to assume for queries, as far as synth knows it. */
  readonly role?: { readonly arn?: string };
}

/** Relative path, with slashes, to the text of the file. */
export interface GrafanaFiles {
  readonly [path: string]: string;
}

/** Makes a folder in which `docker compose up` starts Grafana with the pipeline's dashboards. */
export type RenderGrafanaFiles = (spec: PipelineSpec, deployment: GrafanaDeployment) => GrafanaFiles;
