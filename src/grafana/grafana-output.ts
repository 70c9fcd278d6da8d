import * as path from 'node:path';
import { attachCustomSynthesis, CfnOutput, Names, Stack, Token } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct, type IConstruct } from 'constructs';
import type { GrafanaDeployment } from '../spec/grafana-files';
import type { PipelineSpec } from '../spec/pipeline-spec';
import type { Lake } from '../storage/lake';
import type { GrafanaOptions } from './grafana-options';
import { loadGrafanaRenderer } from './load-renderer';
import { GrafanaOutputError, writeGrafanaFiles } from './write-files';

/** Metadata type under which tools find the folder of a pipeline's Grafana files, relative to the assembly that says so. */
export const GRAFANA_METADATA = 'cdk-medallion-analytics:grafana';

/** The folders of an app's pipelines, by absolute path. */
const CLAIMS = new WeakMap<IConstruct, Map<string, string>>();

export interface GrafanaOutputProps extends GrafanaOptions {
  readonly spec: PipelineSpec;
  readonly lake: Lake;
}

/** The files with which Grafana shows a pipeline's dashboards, and how its tables are made, written when the app is synthesized. */
export class GrafanaOutput extends Construct {
  public constructor(scope: Construct, id: string, { spec, lake, directory, role }: GrafanaOutputProps) {
    super(scope, id);
    const { region } = Stack.of(this);
    const deployment: GrafanaDeployment = {
      name: lake.name,
      workgroup: lake.workgroup.name,
      goldDatabase: lake.catalog.databaseName('gold'),
      ...(!Token.isUnresolved(region) && { region }),
      ...(role && { role: this.known(role) }),
    };
    if (directory) this.claim(directory, scope);
    const folder = `grafana/${scope.node.path.replaceAll('/', '.')}`;
    if (Object.keys(spec.dashboards).length > 0) scope.node.addMetadata(GRAFANA_METADATA, { folder });
    attachCustomSynthesis(this, {
      onSynthesize: ({ outdir }) => {
        const files = loadGrafanaRenderer()(spec, deployment);
        writeGrafanaFiles(path.join(outdir, folder), files);
        if (directory) writeGrafanaFiles(directory, files);
      },
    });
  }

  /** The last pipeline that is synthesized would take the others' dashboards for its former ones. */
  private claim(directory: string, pipeline: Construct): void {
    const app = this.node.root;
    const claims = CLAIMS.get(app) ?? new Map<string, string>();
    CLAIMS.set(app, claims);
    const folder = path.resolve(directory);
    const other = claims.get(folder);
    if (other !== undefined) {
      throw new GrafanaOutputError(`${pipeline.node.path}: grafana.directory is ${JSON.stringify(directory)}, to which ${other} writes its files already. `
        + `Fix: give each pipeline a folder of its own, such as ${JSON.stringify(`${directory}/${pipeline.node.path.replaceAll('/', '-')}`)}`);
    }
    claims.set(folder, pipeline.node.path);
  }

  private known(role: IRole): GrafanaDeployment['role'] {
    if (!Token.isUnresolved(role.roleArn)) return { arn: role.roleArn };
    const output = { value: role.roleArn, description: 'ATHENA_ROLE_ARN of the Grafana files' };
    const stack = Stack.of(role);
    // The stack of the role has its rights, which name what is made in this one; an output of it here would have each wait for the other.
    if (stack === Stack.of(this)) new CfnOutput(this, 'GrafanaRoleArn', output);
    else new CfnOutput(stack, `${Names.nodeUniqueId(this.node)}GrafanaRoleArn`, output);
    return {};
  }
}
