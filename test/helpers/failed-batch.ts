/** A batch that Lambda gave up, as it writes it to S3: the key below `aws/lambda/` and the text. */
export interface FailedBatch {
  readonly key: string;
  readonly text: string;
}

let batches = 0;

/** @see https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html */
export function failedBatch(records: readonly unknown[], streamArn = 'arn:aws:dynamodb:eu-central-1:123456789012:table/Orders/stream/x'): FailedBatch {
  const uuid = `0f2b1c3d-0000-4000-8000-${String(batches++).padStart(12, '0')}`;
  return {
    key: `aws/lambda/7c1f1e4a-2b51-4c57-9d54-1d3c8f5a0001/shardId-00000001573689847184-864758bb/2026/01/31/2026-01-31T08.13.49-${uuid}`,
    text: JSON.stringify({
      requestContext: {
        requestId: '316aa6d0-8154-4711-9af7-85d5f4a6bc81',
        functionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:bronze',
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 1201,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: '2026-01-31T08:13:49.717Z',
      DDBStreamBatchInfo: {
        shardId: 'shardId-00000001573689847184-864758bb',
        startSequenceNumber: '100000000000000000001',
        endSequenceNumber: '100000000000000000002',
        approximateArrivalOfFirstRecord: '2026-01-31T08:13:19Z',
        approximateArrivalOfLastRecord: '2026-01-31T08:13:19Z',
        batchSize: records.length,
        streamArn,
      },
      payload: JSON.stringify({ Records: records }),
    }),
  };
}
