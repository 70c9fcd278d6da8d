import { Arn, ArnFormat, Stack, Token } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { MedallionAnalyticsPipelineProps } from '../pipeline-props';
import type { Problem } from './problem';

/** What the pipeline uses must be in its own region; where either is only known at deploy, that is left to the deploy. */
export function regionProblems(pipeline: Construct, props: MedallionAnalyticsPipelineProps): Problem[] {
  const { region } = Stack.of(pipeline);
  if (Token.isUnresolved(region)) return [];
  const used: readonly (readonly [string, string | undefined])[] = [
    ...Object.entries(props.tables).map(([name, table]) => [`tables.${name}`, regionOf(table._sourceTable())] as const),
    ['bucket', props.bucket?.env.region],
    ['encryptionKey', props.encryptionKey?.env.region],
    ['hashKey', props.hashKey?.env.region],
    ['monitoring.alarmTopic', props.monitoring?.alarmTopic?.env.region],
  ];
  return used.flatMap(([path, other]) => {
    if (other === undefined || Token.isUnresolved(other) || other === region) return [];
    return [{ path, what: `it is in another region than the pipeline, which is in ${region}`, value: other, fix: `use one in ${region}, or deploy the pipeline to ${other}` }];
  });
}

/** A table that is imported has the environment of the stack that imports it, whatever its ARN says. */
function regionOf({ tableArn, env }: ITable): string {
  return Token.isUnresolved(tableArn) ? env.region : Arn.split(tableArn, ArnFormat.SLASH_RESOURCE_NAME).region ?? env.region;
}
