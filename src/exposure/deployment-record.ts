import { Stack } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventSourceMapping, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ISchedule } from 'aws-cdk-lib/aws-scheduler';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import {
  DEPLOYED_PIPELINE_VERSION, deployedPipelineParameter, deployedTablesPath, type DeployedResources, type DeployedTable,
} from '../spec/deployed-pipeline';
import type { Named, PipelineSpec } from '../spec/pipeline-spec';
import { mapValues } from '../spec/silver-columns';
import type { Lake } from '../storage/lake';

export interface DeploymentRecordProps {
  readonly lake: Lake;
  readonly spec: PipelineSpec;
  /** Path of the pipeline in its app. */
  readonly constructPath: string;
  /** By stage. */
  readonly functions: Named<IFunction>;
  /** By what they do. */
  readonly stateMachines: Named<IStateMachine>;
  /** By the stage that they start. */
  readonly schedules: Named<ISchedule>;
  /** Silver table to its source. */
  readonly sources: Named<ITable>;
  /** Silver table to what reads its source's stream. */
  readonly eventSources: Named<IEventSourceMapping>;
}

/** Notes a deployed pipeline's physical names in Systems Manager, where the command line looks them up by the pipeline's name. */
export class DeploymentRecord extends Construct {
  public readonly parameter: StringParameter;

  public constructor(scope: Construct, id: string, private readonly props: DeploymentRecordProps) {
    super(scope, id);
    const { lake, spec } = props;
    this.parameter = this.note('Pipeline', deployedPipelineParameter(lake.name), `Where the analytics pipeline ${lake.name} is`, this.resources());
    for (const [silverTable, { bronzeName }] of Object.entries(spec.tables)) {
      this.note(`${silverTable}-table`, `${deployedTablesPath(lake.name)}/${silverTable}`,
        `Where the source of ${silverTable} in the analytics pipeline ${lake.name} is`, this.table(silverTable, bronzeName));
    }
    lake.identity.pin(this);
  }

  private note(id: string, parameterName: string, description: string, value: DeployedResources | DeployedTable): StringParameter {
    const stringValue = Stack.of(this).toJsonString(value);
    return new StringParameter(this, id, { parameterName, description, stringValue, simpleName: false });
  }

  private resources(): DeployedResources {
    const { lake, constructPath, functions, schedules, stateMachines } = this.props;
    const { account, region } = Stack.of(this);
    return {
      formatVersion: DEPLOYED_PIPELINE_VERSION,
      name: lake.name,
      constructPath,
      account,
      region,
      bucket: lake.bucket.bucketName,
      workgroup: lake.workgroup.name,
      databases: {
        bronze: lake.catalog.databaseName('bronze'),
        silver: lake.catalog.databaseName('silver'),
        gold: lake.catalog.databaseName('gold'),
        bookkeeping: lake.catalog.databaseName('bookkeeping'),
      },
      functions: mapValues(functions, one => one.functionName),
      schedules: mapValues(schedules, one => one.scheduleName),
      stateMachines: mapValues(stateMachines, one => one.stateMachineArn),
    };
  }

  private table(silverTable: string, bronzeName: string): DeployedTable {
    const source = this.props.sources[silverTable];
    return {
      formatVersion: DEPLOYED_PIPELINE_VERSION,
      bronzeName,
      source: { tableName: source.tableName, tableArn: source.tableArn, streamArn: source.tableStreamArn! },
      eventSourceMapping: this.props.eventSources[silverTable].eventSourceMappingId,
    };
  }
}
