import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { secretHashKey } from '../../lambda-src/aws/secret-hash-key';
import { CREDENTIALS, fakeAws, type FakeAws } from './fake-aws';

let aws: FakeAws;
afterEach(() => aws.close());

test.each([
  ['text', { SecretString: 'a key of more than 16 bytes' }, 'a key of more than 16 bytes'],
  ['bytes', { SecretBinary: Buffer.from('bytes').toString('base64') }, 'bytes'],
])('the key is the whole value of the secret: %s', async (_, value, key) => {
  aws = await fakeAws(() => ({ status: 200, body: JSON.stringify(value) }));
  const client = new SecretsManagerClient({ endpoint: aws.endpoint, region: 'eu-west-1', credentials: CREDENTIALS });
  expect(new TextDecoder().decode(await secretHashKey(client, 'arn:secret')())).toBe(key);
  expect(JSON.parse(aws.seen[0].body)).toEqual({ SecretId: 'arn:secret' });
});
