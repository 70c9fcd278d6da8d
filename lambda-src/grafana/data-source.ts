import type { GrafanaDeployment } from '../../src/spec/grafana-files';
import { shortUid } from '../../src/spec/grafana-uid';
import { ATHENA_PLUGIN, type DataSourceReference } from './athena-target';
import type { JsonObject } from './json';

/** A data source as Grafana provisions it; values in `${…}` come from Grafana's environment. */
export interface DataSourceJson {
  readonly uid: string;
  readonly name: string;
  readonly type: typeof ATHENA_PLUGIN;
  readonly access: 'proxy';
  readonly editable: boolean;
  readonly jsonData: JsonObject;
}

/** One for each pipeline, so that dashboards of several can stand in one Grafana. */
export function dataSourceReference(pipeline: string): DataSourceReference {
  return { type: ATHENA_PLUGIN, uid: shortUid(pipeline) };
}

/** No key in it: credentials come from the default chain of where Grafana runs. */
export function dataSourceJson({ name, workgroup, goldDatabase, role }: GrafanaDeployment): DataSourceJson {
  const { uid, type } = dataSourceReference(name);
  return {
    uid,
    name: `Gold of ${name}`,
    type,
    access: 'proxy',
    editable: false,
    jsonData: {
      authType: 'default',
      ...(role && { assumeRoleArn: '${ATHENA_ROLE_ARN}' }),
      defaultRegion: '${AWS_REGION}',
      catalog: 'AwsDataCatalog',
      database: goldDatabase,
      workgroup,
    },
  };
}
