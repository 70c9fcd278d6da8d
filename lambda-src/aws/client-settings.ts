/** For every AWS client: answers come within seconds, or the connection is dead; waiting for ever would use up the invocation. */
export const CLIENT_SETTINGS = {
  maxAttempts: 6,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
};
