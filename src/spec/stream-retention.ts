/** How long DynamoDB keeps a change in the stream, in hours. What has not been read by then is lost to the stream, for ever. */
export const STREAM_RETENTION_HOURS = 24;

/** A batch is given up when a sixth of the stream's retention is left: time to read those that have waited behind it. */
export const GIVE_UP_HOURS = STREAM_RETENTION_HOURS * 5 / 6;
