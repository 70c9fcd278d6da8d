import {
  DescribeContinuousBackupsCommand, DescribeTableCommand, DynamoDBClient, ResourceNotFoundException, ScanCommand,
  type AttributeValue as SdkAttributeValue, type TableDescription,
} from '@aws-sdk/client-dynamodb';
import type { AttributeMap, AttributeValue } from '../bronze/attribute-value';
import { TableNotFoundError, type TableSample, type TableSampler } from '../init/table-sample';
import { CLIENT_SETTINGS } from './client-settings';

/** Reads a few items by eventually consistent scans: half a read unit for each 4 KB. */
export class DynamoDbTableSampler implements TableSampler {
  private readonly client = new DynamoDBClient(CLIENT_SETTINGS);

  public async sample(tableName: string, items: number): Promise<TableSample> {
    const table = await this.describe(tableName);
    const keySchema = [...table.KeySchema ?? []].sort((left, right) => left.KeyType! < right.KeyType! ? -1 : 1);
    return {
      tableName,
      key: keySchema.map(({ AttributeName: name }) => name!),
      stream: table.StreamSpecification?.StreamEnabled ? table.StreamSpecification.StreamViewType : undefined,
      streamArn: table.StreamSpecification?.StreamEnabled ? table.LatestStreamArn : undefined,
      pointInTimeRecovery: await this.pointInTimeRecovery(tableName),
      itemCount: table.ItemCount ?? 0,
      items: await this.scan(tableName, items),
    };
  }

  private async describe(tableName: string): Promise<TableDescription> {
    try {
      const { Table: table } = await this.client.send(new DescribeTableCommand({ TableName: tableName }));
      return table!;
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
      const region = await this.client.config.region();
      throw new TableNotFoundError(`there is no DynamoDB table '${tableName}' in ${region} with these credentials: check its name, --region and --profile`);
    }
  }

  private async pointInTimeRecovery(tableName: string): Promise<TableSample['pointInTimeRecovery']> {
    const answer = await this.client.send(new DescribeContinuousBackupsCommand({ TableName: tableName }));
    return answer.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus === 'ENABLED' ? 'enabled' : 'disabled';
  }

  private async scan(tableName: string, wanted: number): Promise<AttributeMap[]> {
    const items: AttributeMap[] = [];
    let start: Record<string, SdkAttributeValue> | undefined;
    do {
      const limit = wanted - items.length;
      const page = await this.client.send(new ScanCommand({ TableName: tableName, Limit: limit, ExclusiveStartKey: start }));
      for (const item of page.Items ?? []) items.push(wireForm({ M: item }) as AttributeMap);
      start = page.LastEvaluatedKey;
    } while (start && items.length < wanted);
    return items;
  }
}

/** The SDK decodes binaries; streams and exports carry them as base64. Returns the contents of the value. */
function wireForm(value: SdkAttributeValue): unknown {
  const encoded = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  if (value.M) return Object.fromEntries(Object.entries(value.M).map(([name, member]) => [name, tagged(member)]));
  if (value.L) return value.L.map(tagged);
  if (value.B) return encoded(value.B);
  if (value.BS) return value.BS.map(encoded);
  return Object.values(value)[0] as unknown;
}

function tagged(value: SdkAttributeValue): AttributeValue {
  return { [Object.keys(value)[0]]: wireForm(value) } as unknown as AttributeValue;
}
