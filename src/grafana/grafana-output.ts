import * as path from 'node:path';
import { attachCustomSynthesis, CfnOutput, Stack, Token } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { GrafanaDeployment } from '../spec/grafana-files';
import type { PipelineSpec } from '../spec/pipeline-spec';
import type { Lake } from '../storage/lake';
import type { GrafanaOptions } from './grafana-options';
import { loadGrafanaRenderer } from './load-renderer';
import { writeGrafanaFiles } from './write-files';

/** Metadata type under which tools find the folder of a pipeline's Grafana files, relative to the assembly that says so. */
export const GRAFANA_METADATA = 'cdk-medallion-analytics:grafana';

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

  private known({ roleArn }: IRole): GrafanaDeployment['role'] {
    if (!Token.isUnresolved(roleArn)) return { arn: roleArn };
    new CfnOutput(this, 'GrafanaRoleArn', { value: roleArn, description: 'ATHENA_ROLE_ARN of the Grafana files' });
    return {};
  }
}
