import { CfnOutput } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { PipelineSpec } from '../spec/pipeline-spec';
import type { Lake } from '../storage/lake';

export interface FirstStepsProps {
  readonly lake: Lake;
  readonly spec: PipelineSpec;
}

/** What somebody wants to know right after the first deploy, as outputs of the stack. */
export class FirstSteps extends Construct {
  public constructor(scope: Construct, id: string, props: FirstStepsProps) {
    super(scope, id);
    const { lake } = props;
    const command = (words: string): string => `npx cdk-medallion-analytics ${words} --pipeline ${lake.name}`;
    this.say('Workgroup', 'The Athena workgroup to choose before a query', lake.workgroup.name);
    this.say('Query', 'A first query, once Silver has run', firstQuery(props));
    this.say('Status', 'Shows how far each table has come', command('status'));
    this.say('RunSilver', 'Takes new changes into the tables now, without waiting for the schedule', command('run silver'));
    this.say('Backfill', 'Loads the items that are older than the stream', command('backfill'));
  }

  private say(id: string, description: string, value: string): void {
    new CfnOutput(this, id, { description, value });
  }
}

function firstQuery({ lake, spec }: FirstStepsProps): string {
  const [gold] = Object.keys(spec.gold);
  const [silver] = Object.keys(spec.tables);
  const table = gold === undefined ? `"${lake.catalog.databaseName('silver')}"."${silver}"` : `"${lake.catalog.databaseName('gold')}"."${gold}"`;
  return `SELECT * FROM ${table} LIMIT 10`;
}
