import { App, Stack, type Environment } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AttributeType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { Column, MedallionAnalyticsPipeline, SilverTable, Source, type MedallionAnalyticsPipelineProps } from '../../src';

export interface PolicyStatement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

export function sourceTable(scope: Construct, id = 'Customers', key = 'CustomerID'): Table {
  return new Table(scope, id, {
    partitionKey: { name: key, type: AttributeType.STRING },
    stream: StreamViewType.NEW_AND_OLD_IMAGES,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  });
}

export function customers(scope: Construct, id?: string): SilverTable {
  return SilverTable.of(Source.dynamoDb(sourceTable(scope, id)), {
    key: ['customer_id'],
    columns: { customer_id: Column.string('CustomerID'), region: Column.string('Region') },
  });
}

/** A pipeline of one table, in a stack of its own. */
export function minimal(props: Partial<MedallionAnalyticsPipelineProps> = {}, env?: Environment): {
  readonly stack: Stack;
  readonly pipeline: MedallionAnalyticsPipeline;
  readonly template: Template;
} {
  const stack = new Stack(new App(), 'Shop', { env });
  const pipeline = new MedallionAnalyticsPipeline(stack, 'Analytics', { tables: { customers: customers(stack) }, name: 'shop', ...props });
  return { stack, pipeline, template: Template.fromStack(stack) };
}

/** All that the role whose logical id contains `role` may do; what a policy of its own has no room for is in managed ones. */
export function statementsOf(template: Template, role: string): PolicyStatement[] {
  return ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap(type => Object.entries(template.findResources(type)))
    .filter(([id]) => id.includes(role))
    .flatMap(([, policy]) => (policy.Properties as { PolicyDocument: { Statement: PolicyStatement[] } }).PolicyDocument.Statement);
}

/** One line for each action and resource, with references in angle brackets: `s3:GetObject <Bucket.Arn>/bronze/*`. */
export function permissions(template: Template, role: string): string[] {
  return statementsOf(template, role).flatMap(({ Action: action, Resource: resource }) => listOf(action)
    .flatMap(one => listOf(resource).map(on => `${String(one)} ${flat(on)}`))).sort();
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function flat(value: unknown): string {
  if (typeof value === 'string') return value;
  const intrinsic = value as { 'Ref'?: string; 'Fn::GetAtt'?: string[]; 'Fn::Join'?: [string, unknown[]] };
  if (intrinsic.Ref) return `<${intrinsic.Ref}>`;
  if (intrinsic['Fn::GetAtt']) return `<${intrinsic['Fn::GetAtt'].join('.').replace(/[0-9A-F]{8}/, '')}>`;
  if (intrinsic['Fn::Join']) return intrinsic['Fn::Join'][1].map(flat).join(intrinsic['Fn::Join'][0]);
  return JSON.stringify(value);
}
