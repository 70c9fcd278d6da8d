import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ENVIRONMENT } from '../../src/spec/environment';
import type { HashKeySource } from '../bronze/hash-key';
import { CLIENT_SETTINGS } from './client-settings';

/** As the construct configured it; undefined where nothing is hashed. */
export function deployedHashKey(): HashKeySource | undefined {
  const secretId = process.env[ENVIRONMENT.hashKeySecret];
  return secretId ? secretHashKey(new SecretsManagerClient(CLIENT_SETTINGS), secretId) : undefined;
}

/** The whole value of a secret, its text in UTF-8 or its bytes. */
export function secretHashKey(client: SecretsManagerClient, secretId: string): HashKeySource {
  return async () => {
    const { SecretString: text, SecretBinary: bytes } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    return text === undefined ? bytes ?? new Uint8Array() : new TextEncoder().encode(text);
  };
}
