import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { ATHENA_PLUGIN } from '../athena-target';
import type { DashboardJson } from '../dashboard-json';
import type { DataSourceJson } from '../data-source';
import { GrafanaApiError, type GrafanaApi } from './grafana-api';

/** What the files leave to Grafana's environment, and what differs from one Grafana to another. */
export interface DataSourceSettings {
  readonly region?: string;
  /** ARN of the role to assume. */
  readonly role?: string;
  /** The plugin's name of where credentials come from. */
  readonly authProvider: string;
}

/** Creates or replaces what a folder of Grafana files holds, and says what it has done, a line each. Throws GrafanaApiError. */
export async function pushDashboards(folder: string, settings: DataSourceSettings, api: GrafanaApi): Promise<string[]> {
  const dataSources = dataSourcesOf(folder).map(dataSource => withSettings(dataSource, settings));
  await assertPlugin(api);
  const done: string[] = [];
  for (const dataSource of dataSources) done.push(await pushDataSource(api, dataSource));
  for (const dashboard of dashboardsOf(folder)) {
    await api.send('POST', '/api/dashboards/db', { dashboard: { ...dashboard, id: null }, overwrite: true, message: 'cdk-medallion-analytics' });
    done.push(`dashboard ${dashboard.uid}: written`);
  }
  return done;
}

async function pushDataSource(api: GrafanaApi, dataSource: DataSourceJson): Promise<string> {
  const { uid } = dataSource;
  const address = `/api/datasources/uid/${encodeURIComponent(uid)}`;
  const present = await api.find(address) as { readonly type?: string } | undefined;
  if (!present) {
    await api.send('POST', '/api/datasources', dataSource);
    return `data source ${uid}: created`;
  }
  if (present.type !== ATHENA_PLUGIN) throw new GrafanaApiError(`the data source ${uid} is one of type ${present.type}; rename it, or give the pipeline another name`);
  await api.send('PUT', address, dataSource);
  return `data source ${uid}: updated`;
}

async function assertPlugin(api: GrafanaApi): Promise<void> {
  if (await api.find(`/api/plugins/${ATHENA_PLUGIN}/settings`)) return;
  throw new GrafanaApiError(`Grafana has not the plugin ${ATHENA_PLUGIN}; install it first (Administration, Plugins, "Amazon Athena")`);
}

function dataSourcesOf(folder: string): DataSourceJson[] {
  const file = path.join(folder, 'provisioning', 'datasources', 'athena.yaml');
  return (parse(readFileSync(file, 'utf8')) as { readonly datasources: readonly DataSourceJson[] }).datasources.slice();
}

function dashboardsOf(folder: string): DashboardJson[] {
  const dashboards = path.join(folder, 'dashboards');
  return readdirSync(dashboards).filter(name => name.endsWith('.json')).sort()
    .map(name => JSON.parse(readFileSync(path.join(dashboards, name), 'utf8')) as DashboardJson);
}

/** Grafana puts its environment into files; its API takes values as they are. */
function withSettings(dataSource: DataSourceJson, { region, role, authProvider }: DataSourceSettings): DataSourceJson {
  const { assumeRoleArn } = dataSource.jsonData;
  if (!region) throw new GrafanaApiError('the data source needs the region of the pipeline; give it with --region, or set AWS_REGION');
  if (assumeRoleArn !== undefined && !role) {
    throw new GrafanaApiError('the data source needs the role that Grafana is to assume; give it with --role, or set ATHENA_ROLE_ARN');
  }
  const jsonData = { ...dataSource.jsonData, authType: authProvider, defaultRegion: region, ...(role && { assumeRoleArn: role }) };
  return { ...dataSource, editable: true, jsonData };
}
