import { CustomResource, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from '../shipping/acknowledge-wildcard';
import { functionLogs } from '../shipping/function-logs';
import { handlerHash } from '../shipping/handler-code';
import { HandlerFunction } from '../shipping/handler-function';
import type { PipelineSpec } from '../spec/pipeline-spec';
import { DATABASES_RESOURCE, TABLES_RESOURCE, type DatabasesProperties, type PipelinePlace, type SchemaProperties, type SchemaSource } from '../spec/schema-properties';
import { DEPLOYMENT_KEY, SPEC_KEY } from '../spec/storage-layout';
import type { Lake } from '../storage/lake';

/** A little longer than the stage itself takes. */
const SERVICE_TIMEOUT = Duration.minutes(16);

export interface SchemaStageProps {
  readonly lake: Lake;
  readonly spec: PipelineSpec;
  readonly specJson: string;
  /** Silver table to its source. */
  readonly sources: { readonly [silverTable: string]: ITable };
}

/** Makes the Iceberg tables fit the declared ones at each deploy, or fails it before anything else has changed. */
export class SchemaStage extends Construct {
  public readonly handler: HandlerFunction;
  /** What must wait for the databases depends on this. */
  public readonly databases: CustomResource;
  /** What must wait for the tables depends on this. */
  public readonly applied: CustomResource;

  public constructor(scope: Construct, id: string, props: SchemaStageProps) {
    super(scope, id);
    const { access } = props.lake;
    this.handler = new HandlerFunction(this, 'Handler', {
      handler: 'schema',
      description: 'Creates Iceberg tables and records deployments',
      specJson: props.specJson,
      environment: props.lake.environment,
      memorySize: 256,
      timeout: Duration.minutes(15),
    });
    this.handler.allow(
      ...access.runQueries(),
      ...access.manageDatabases(),
      ...access.createTables('silver', 'gold', 'bookkeeping'),
      // The views read change logs, which are only looked up here.
      ...access.describeTables('bronze'),
      ...access.readObjects(DEPLOYMENT_KEY, SPEC_KEY),
      ...access.writeObjects(DEPLOYMENT_KEY, SPEC_KEY),
    );
    // The provider names the function to policy checkers.
    props.lake.identity.pin(this.handler);
    const { serviceToken } = this.provider();
    const place: PipelinePlace = { pipeline: props.lake.name, bucket: props.lake.bucket.bucketName };
    const lasting: DatabasesProperties = { ...place, removal: props.lake.removalPolicy === RemovalPolicy.DESTROY ? 'delete' : 'keep' };
    this.databases = new CustomResource(this, 'Databases', {
      resourceType: DATABASES_RESOURCE, serviceToken, serviceTimeout: SERVICE_TIMEOUT, properties: { ...lasting },
    });
    this.databases.node.addDependency(props.lake);
    const properties: SchemaProperties = {
      ...place,
      // Any other spec or code runs the stage again; the same one is left alone.
      definition: handlerHash('schema', props.specJson),
      sources: sourcesOf(props),
    };
    this.applied = new CustomResource(this, 'Tables', {
      resourceType: TABLES_RESOURCE, serviceToken, serviceTimeout: SERVICE_TIMEOUT, properties: { ...properties },
    });
    this.applied.node.addDependency(this.databases);
    // With another id CloudFormation would take the databases away again, and it lets no resource change its function. Of a pipeline
    // with another name both are others, so that the former one's cleans up behind itself.
    props.lake.identity.pin(this);
  }

  private provider(): Provider {
    const logGroup = functionLogs(this, 'ProviderLogs');
    const role = new Role(this, 'ProviderRole', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'), description: 'Passes deployments on to the Schema stage',
    });
    logGroup.grantWrite(role);
    acknowledgeWildcard(role, `${this.handler.function.functionArn}:*`,
      'The provider framework of the CDK also allows the versions of the function, of which there are none.');
    return new Provider(this, 'Provider', { onEventHandler: this.handler.function, frameworkOnEventRole: role, logGroup });
  }
}

/** In the order of the spec, which is sorted: any other order would run the stage for nothing. */
function sourcesOf({ spec, sources }: SchemaStageProps): SchemaSource[] {
  return Object.entries(spec.tables).map(([silverTable, { bronzeName }]) => ({ tableArn: sources[silverTable].tableArn, bronzeName }));
}
