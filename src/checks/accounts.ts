import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { MedallionAnalyticsPipelineProps } from '../pipeline-props';
import { arnEnvironment, isAnother, madeIn } from './arn-environment';
import type { Problem } from './problem';

/**
 * What has no policy of its own to let another account in must be in the pipeline's account; where either is only known at deploy, that
 * is left to the deploy.
 */
export function accountProblems(pipeline: Construct, { workgroup, grafana }: MedallionAnalyticsPipelineProps): Problem[] {
  const { account } = Stack.of(pipeline);
  const used: readonly Used[] = [
    { path: 'workgroup', account: madeIn(workgroup)?.account, fix: `use a workgroup of ${account}` },
    {
      path: 'grafana.role',
      account: grafana?.role && arnEnvironment(grafana.role.roleArn, grafana.role.env).account,
      fix: `use a role of ${account} that lets the one over there assume it: a role cannot be given rights from here`,
    },
  ];
  return used.flatMap(({ path, account: other, fix }) => isAnother(other, account)
    ? [{ path, what: `it is in another account than the pipeline, which is in ${account}`, value: other, fix }]
    : []);
}

interface Used {
  readonly path: string;
  readonly account: string | undefined;
  readonly fix: string;
}
