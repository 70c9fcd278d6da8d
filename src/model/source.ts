import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type { Problem } from '../checks/problem';
import { cdkObject } from './shape';

/** Where the rows of a Silver table come from. */
export class Source {
  /**
   * A DynamoDB table with a stream. The stream must carry new images; with `NEW_AND_OLD_IMAGES` the change log keeps both.
   *
   * @param table the table, made in this app or imported with its stream: `Table.fromTableAttributes({ tableArn, tableStreamArn })`.
   */
  public static dynamoDb(table: dynamodb.ITable): Source {
    return new Source(table);
  }

  private constructor(private readonly table: dynamodb.ITable) {}

  /** @internal */
  public _sourceTable(): dynamodb.ITable {
    return this.table;
  }

  /** @internal */
  public _problems(path: string): readonly Problem[] {
    return cdkObject('tableArn', 'a DynamoDB table of the CDK is expected', 'Source.dynamoDb(table)')(path, this.table);
  }
}
