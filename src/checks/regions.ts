import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { SilverTable } from '../model/silver-table';
import type { MedallionAnalyticsPipelineProps } from '../pipeline-props';
import { arnEnvironment, isAnother, madeIn } from './arn-environment';
import type { Problem } from './problem';

/** What the pipeline uses must be in its own region; where either is only known at deploy, that is left to the deploy. */
export function regionProblems(pipeline: Construct, props: MedallionAnalyticsPipelineProps): Problem[] {
  const { region } = Stack.of(pipeline);
  const used: readonly (readonly [string, string | undefined])[] = [
    ...Object.entries(props.tables).map(([name, table]) => [`tables.${name}`, sourceRegion(table)] as const),
    ['bucket', props.bucket?.env.region],
    ['encryptionKey', props.encryptionKey?.env.region],
    ['hashKey', props.hashKey?.env.region],
    ['workgroup', madeIn(props.workgroup)?.region],
    ['monitoring.alarmTopic', props.monitoring?.alarmTopic?.env.region],
  ];
  return used.flatMap(([path, other]) => isAnother(other, region) ? [{
    path,
    what: `it is in another region than the pipeline, which is in ${region}`,
    value: other,
    fix: `use one in ${region}, or deploy the pipeline to ${other}`,
  }] : []);
}

function sourceRegion(table: SilverTable): string {
  const { tableArn, env } = table._sourceTable();
  return arnEnvironment(tableArn, env).region;
}
