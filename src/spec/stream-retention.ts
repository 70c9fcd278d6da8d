/** How long DynamoDB keeps a change in the stream, in hours. What has not been read by then is lost to the stream, for ever. */
export const STREAM_RETENTION_HOURS = 24;

/** How long the pipeline remembers, at least, that an item is gone; what is older must not be put through again. */
export const ABSENT_SECONDS = 90 * 24 * 60 * 60;
