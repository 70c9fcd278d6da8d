/** How long DynamoDB keeps a change in the stream, in hours. What has not been read by then is lost to the stream, for ever. */
export const STREAM_RETENTION_HOURS = 24;
