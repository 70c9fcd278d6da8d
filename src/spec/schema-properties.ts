/** What CloudFormation tells the Schema stage. Its own values are text, so numbers and booleans have no place here. */
export interface SchemaProperties {
  /** Changes with every spec and every version of the stage. */
  readonly definition: string;
  /** A list, since a table's ARN may only be known at deploy time and then cannot be a key. */
  readonly sources: readonly SchemaSource[];
}

export interface SchemaSource {
  readonly tableArn: string;
  readonly bronzeName: string;
}
