import type { Check } from './check';

const FIX = 'declare the table with `stream: StreamViewType.NEW_AND_OLD_IMAGES` (TableV2: `dynamoStream`)';

/** Without a stream that carries new images there is nothing to capture. */
export const checkStreams: Check = ({ sources }) => Object.entries(sources).flatMap(([name, { stream }]) => {
  const path = `tables.${name}`;
  if (stream === 'none') {
    return [{ path, what: 'its DynamoDB table has no stream', fix: `${FIX}; import a table with its \`tableStreamArn\`` }];
  }
  if (stream === 'KEYS_ONLY' || stream === 'OLD_IMAGE') {
    return [{ path, what: 'the stream of its DynamoDB table carries no new image', value: stream, fix: FIX }];
  }
  return [];
});
