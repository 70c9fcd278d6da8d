import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDbTableExports } from '../../lambda-src/aws/dynamodb-table-exports';
import { ExportRefusedError, type ExportRequest } from '../../lambda-src/ports/table-exports';
import { CREDENTIALS, fakeAws, type Answer, type FakeAws } from './fake-aws';

const TABLE = 'arn:aws:dynamodb:eu-west-1:111122223333:table/Orders';
const EXPORT = `${TABLE}/export/01695353076000-06e2188f`;
const REQUEST: ExportRequest = { tableArn: TABLE, token: 'the-token', prefix: 'exports/orders', scope: { kind: 'full' } };

let aws: FakeAws;
afterEach(() => aws.close());

async function answering(answer: object | Answer): Promise<DynamoDbTableExports> {
  aws = await fakeAws(() => 'status' in answer ? answer : { status: 200, body: JSON.stringify(answer) });
  const client = new DynamoDBClient({ endpoint: aws.endpoint, region: 'eu-west-1', credentials: CREDENTIALS, maxAttempts: 1 });
  return new DynamoDbTableExports(client, 'lake');
}

const asked = () => JSON.parse(aws.seen[0].body) as object;
const failing = (name: string): Answer => ({ status: 400, body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'no' }) });

describe('how far back a table can be recovered', () => {
  const recovery = (PointInTimeRecoveryDescription: object) => ({ ContinuousBackupsDescription: { ContinuousBackupsStatus: 'ENABLED', PointInTimeRecoveryDescription } });

  test('is what DynamoDB says', async () => {
    const exports = await answering(recovery({ PointInTimeRecoveryStatus: 'ENABLED', EarliestRestorableDateTime: 1_700_000_000 }));
    expect(await exports.recoverableFrom(TABLE)).toEqual(new Date(1_700_000_000_000));
    expect(asked()).toEqual({ TableName: TABLE });
  });

  test('is not at all while recovery is off', async () => {
    const exports = await answering(recovery({ PointInTimeRecoveryStatus: 'DISABLED' }));
    expect(await exports.recoverableFrom(TABLE)).toBeUndefined();
  });
});

describe('an export', () => {
  const started = { ExportDescription: { ExportArn: EXPORT, ExportStatus: 'IN_PROGRESS' } };

  test('of all items goes to the pipeline\'s bucket under the token that makes it repeatable', async () => {
    const exports = await answering(started);
    expect(await exports.start(REQUEST)).toBe(EXPORT);
    expect(asked()).toEqual({
      TableArn: TABLE, ClientToken: 'the-token', S3Bucket: 'lake', S3Prefix: 'exports/orders', ExportFormat: 'DYNAMODB_JSON', ExportType: 'FULL_EXPORT',
    });
  });

  test('of a window has its bounds, and both images', async () => {
    const exports = await answering(started);
    await exports.start({ ...REQUEST, scope: { kind: 'window', from: new Date(1_700_000_000_000), to: new Date(1_700_003_600_000) } });
    expect(asked()).toMatchObject({
      ExportType: 'INCREMENTAL_EXPORT',
      IncrementalExportSpecification: { ExportFromTime: 1_700_000_000, ExportToTime: 1_700_003_600, ExportViewType: 'NEW_AND_OLD_IMAGES' },
    });
  });

  test.each(['PointInTimeRecoveryUnavailableException', 'InvalidExportTimeException', 'ExportConflictException', 'AccessDeniedException'])(
    'that asking again will not bring about is refused: %s', async name => {
      const refused = (await answering(failing(name))).start(REQUEST);
      await expect(refused).rejects.toThrow(ExportRefusedError);
      await expect(refused).rejects.toThrow(`DynamoDB does not export ${TABLE} (${name}): no`);
    });

  test.each(['LimitExceededException', 'ThrottlingException', 'InternalServerError'])('that may be made later is no refusal: %s', async name => {
    const error = await (await answering(failing(name))).start(REQUEST).catch((thrown: unknown) => thrown);
    expect(error).not.toBeInstanceOf(ExportRefusedError);
    expect(error).toMatchObject({ name });
  });
});

describe('an export that was started', () => {
  test('is running until DynamoDB says otherwise', async () => {
    expect(await (await answering({ ExportDescription: { ExportStatus: 'IN_PROGRESS' } })).describe(EXPORT)).toEqual({ state: 'running' });
    expect(asked()).toEqual({ ExportArn: EXPORT });
  });

  test('has its manifest where DynamoDB puts it', async () => {
    const exports = await answering({ ExportDescription: { ExportStatus: 'COMPLETED', S3Prefix: 'exports/orders' } });
    expect(await exports.describe(EXPORT)).toEqual({
      state: 'completed', manifestKey: 'exports/orders/AWSDynamoDB/01695353076000-06e2188f/manifest-summary.json',
    });
  });

  test('says why it failed', async () => {
    const exports = await answering({ ExportDescription: { ExportStatus: 'FAILED', FailureCode: 'S3NoSuchBucket', FailureMessage: 'it is gone' } });
    expect(await exports.describe(EXPORT)).toEqual({ state: 'failed', message: 'S3NoSuchBucket: it is gone' });
  });

  test('that DynamoDB has forgotten is of no use any more, and one that it does not tell of for now may be', async () => {
    expect(await (await answering(failing('ExportNotFoundException'))).describe(EXPORT)).toEqual({ state: 'failed', message: 'DynamoDB does not know it any more' });
    await aws.close();
    await expect((await answering(failing('InternalServerError'))).describe(EXPORT)).rejects.toMatchObject({ name: 'InternalServerError' });
  });
});
