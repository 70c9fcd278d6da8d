/** What CloudFormation tells the Schema stage. Its own values are text, so numbers and booleans have no place here. */
export interface SchemaProperties extends PipelinePlace {
  /** Changes with every spec and every version of the stage. */
  readonly definition: string;
  /** A list, since a table's ARN may only be known at deploy time and then cannot be a key. */
  readonly sources: readonly SchemaSource[];
}

export interface SchemaSource {
  readonly tableArn: string;
  readonly bronzeName: string;
}

/** As `SchemaProperties`, for the resource that makes the databases. */
export interface DatabasesProperties extends PipelinePlace {
  /** What becomes of databases with data when the pipeline is taken away. */
  readonly removal: 'keep' | 'delete';
}

/** Whose tables they are and where they lie: both stages run again if that changes, and touch nothing of another pipeline's. */
export interface PipelinePlace {
  readonly pipeline: string;
  readonly bucket: string;
}

/** Resource types by which the Schema stage tells what it is asked for. */
export const DATABASES_RESOURCE = 'Custom::MedallionDatabases';
export const TABLES_RESOURCE = 'Custom::MedallionTables';
