/**
 * List prices in US dollars, us-east-1, without free tiers and discounts. They are data: when AWS changes one, change it and the date.
 *
 * @see https://aws.amazon.com/athena/pricing/ https://aws.amazon.com/lambda/pricing/ https://aws.amazon.com/s3/pricing/
 * https://aws.amazon.com/cloudwatch/pricing/ https://aws.amazon.com/eventbridge/pricing/ https://aws.amazon.com/dynamodb/pricing/
 */
export const PRICES = {
  region: 'us-east-1',
  asOf: '2025-12',
  /** Scanned; Athena counts 10 MB at least for a query that is not DDL. */
  athenaTerabyte: 5,
  lambdaMillionRequests: 0.2,
  /** On arm64. */
  lambdaGigabyteSecond: 0.0000133334,
  s3GigabyteMonth: 0.023,
  s3ThousandWrites: 0.005,
  s3ThousandReads: 0.0004,
  customMetricMonth: 0.3,
  alarmMonth: 0.1,
  /** From the fourth of an account on. */
  dashboardMonth: 3,
  logsGigabyte: 0.5,
  schedulerMillionInvocations: 1,
  keyMonth: 1,
  /** Continuous backups, for those who backfill: by the table's size. */
  pointInTimeRecoveryGigabyteMonth: 0.2,
} as const;
