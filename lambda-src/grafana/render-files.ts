import { stringify } from 'yaml';
import type { GrafanaDeployment, RenderGrafanaFiles } from '../../src/spec/grafana-files';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { lineageFiles } from '../lineage/lineage-files';
import { composeJson, envExample, MOUNTS } from './compose';
import { dashboardJson, type DashboardJson } from './dashboard-json';
import { dataSourceJson, dataSourceReference } from './data-source';
import type { JsonObject } from './json';

/** How the tables are made, and everything that Grafana needs for the pipeline's dashboards if it has any. */
export const renderGrafanaFiles: RenderGrafanaFiles = (spec, deployment) => {
  const dashboards = grafanaDashboards(spec, deployment.name);
  const lineage = lineageFiles(spec, deployment.name);
  const [home] = dashboards;
  if (!home) return lineage;
  return {
    ...lineage,
    'README.md': readme(deployment, home),
    'docker-compose.yml': yaml(composeJson(deployment, fileOf(home))),
    '.env.example': envExample(deployment),
    '.gitignore': '.env\n',
    'provisioning/datasources/athena.yaml': yaml({ apiVersion: 1, datasources: [{ ...dataSourceJson(deployment) }] }),
    'provisioning/dashboards/medallion.yaml': yaml(providers(deployment)),
    ...Object.fromEntries(dashboards.map(dashboard => [`dashboards/${fileOf(dashboard)}`, `${JSON.stringify(dashboard, undefined, 2)}\n`])),
  };
};

/** The dashboards of a pipeline, as their files hold them. */
export function grafanaDashboards(spec: PipelineSpec, pipeline: string): DashboardJson[] {
  const dataSource = dataSourceReference(pipeline);
  return Object.entries(spec.dashboards).map(([uid, dashboard]) => dashboardJson(spec, uid, dashboard, dataSource));
}

function fileOf({ uid }: DashboardJson): string {
  return `${uid}.json`;
}

function providers({ name }: GrafanaDeployment): JsonObject {
  return {
    apiVersion: 1,
    providers: [{
      name: `medallion-${name}`,
      type: 'file',
      folder: '',
      disableDeletion: false,
      allowUiUpdates: false,
      updateIntervalSeconds: 30,
      options: { path: MOUNTS.dashboards, foldersFromFilesStructure: false },
    }],
  };
}

function readme({ name }: GrafanaDeployment, home: DashboardJson): string {
  return [
    `Dashboards of the pipeline ${name}, written by \`cdk synth\`: change the app, not these files.`,
    '`cp .env.example .env`, set a password and your AWS profile in it, and run `docker compose up`.',
    `Then open http://localhost:3000/d/${home.uid} and log in as admin. \`lineage.md\` says how the tables are made.`,
    '',
  ].join('\n');
}

function yaml(value: JsonObject): string {
  return stringify(value, { lineWidth: 0, singleQuote: true });
}

