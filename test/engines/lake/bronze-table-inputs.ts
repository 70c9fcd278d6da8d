import type { TableInput } from '@aws-sdk/client-glue';
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { BronzeTables } from '../../../src/bronze/bronze-tables';
import type { PipelineSpec } from '../../../src/spec/pipeline-spec';
import { DEFAULT_RETENTION } from '../../../src/spec/retention';
import { Lake } from '../../../src/storage/lake';
import { PipelineIdentity } from '../../../src/storage/pipeline-identity';

/** What CloudFormation would give Glue for Bronze's tables. */
export function bronzeTableInputs(spec: PipelineSpec, bucketName: string): TableInput[] {
  const stack = new Stack(new App(), 'Stack');
  const identity = PipelineIdentity.of(stack, undefined);
  const settings = { removalPolicy: RemovalPolicy.RETAIN, metricDetail: 'pipeline', retention: DEFAULT_RETENTION } as const;
  const lake = new Lake(stack, 'Lake', { identity, ...settings });
  new BronzeTables(stack, 'Bronze', { lake, spec });
  const tables = Object.values(Template.fromStack(stack).findResources('AWS::Glue::Table'));
  return tables.map(table => withBucket((table.Properties as { readonly TableInput: unknown }).TableInput, bucketName) as TableInput);
}

/** The only thing that the template does not know is the bucket. */
function withBucket(value: unknown, bucketName: string): unknown {
  if (Array.isArray(value)) return value.map(member => withBucket(member, bucketName));
  if (typeof value !== 'object' || value === null) return value;
  if ('Ref' in value) return bucketName;
  if ('Fn::Join' in value) {
    const [separator, parts] = value['Fn::Join'] as [string, unknown[]];
    return parts.map(part => withBucket(part, bucketName)).join(separator);
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withBucket(member, bucketName)]));
}
