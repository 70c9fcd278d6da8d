/** A TypeScript file made from one code block of the README or a page of docs/. */
export interface Snippet {
  /** The line on which the block starts. */
  readonly line: number;
  readonly source: string;
}

/**
 * The ```ts blocks of a Markdown text as files that compile by themselves. A block with an import stands alone, as the
 * reader would paste it. Any other is the body of a stack's constructor, with all names of the library at hand and the
 * things it usually talks about declared.
 */
export function snippets(page: string, markdown: string, libraryNames: string[]): Snippet[] {
  const found: Snippet[] = [];
  const lines = markdown.split('\n');
  for (let i = 0; i < lines.length; i++) {
    // A block in a list is indented.
    const [, indent] = /^( *)```(?:ts|typescript)\s*$/.exec(lines[i]) ?? [];
    if (indent === undefined) continue;
    const end = lines.indexOf(`${indent}\`\`\``, i + 1);
    if (end < 0) throw new Error(`${page}:${i + 1}: the code block does not end`);
    const body = lines.slice(i + 1, end).join('\n');
    found.push({ line: i + 1, source: /^import /m.test(body) ? body : fragment(body, libraryNames) });
    i = end;
  }
  return found;
}

function fragment(body: string, libraryNames: string[]): string {
  return `
import * as cdk from 'aws-cdk-lib';
import { aws_dynamodb as dynamodb, aws_iam as iam, aws_kms as kms, aws_s3 as s3, aws_sns as sns, Duration, Stack } from 'aws-cdk-lib';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { ${libraryNames.join(', ')} } from 'cdk-medallion-analytics';

declare const customers: dynamodb.Table, orders: dynamodb.Table, products: dynamodb.Table;
declare const analystRole: iam.Role, topic: sns.Topic, report: IFunction, workspaceRoleArn: string;
declare const GRAFANA_ACCOUNT: string, EXTERNAL_ID: string;
${libraryNames.includes('PipelineDefinition') ? '/** The tables and whatever else a page does not repeat. */\ndeclare const definition: PipelineDefinition;' : ''}
${libraryNames.includes('MedallionAnalyticsPipeline') ? 'declare const pipeline: MedallionAnalyticsPipeline;' : ''}

export class Fragment extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    {
${body}
    }
  }
}
`;
}
