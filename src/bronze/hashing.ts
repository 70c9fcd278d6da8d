import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { PipelineDefinitionError } from '../checks/problem';
import type { HandlerFunction } from '../shipping/handler-function';
import { ENVIRONMENT } from '../spec/environment';
import type { PipelineSpec } from '../spec/pipeline-spec';
import { HASH_KEY_MARK_KEY } from '../spec/storage-layout';
import type { Lake } from '../storage/lake';

/** The key by which attributes are hashed, or undefined where none is. Throws PipelineDefinitionError if one is missing. */
export function hashKeyOf(pipeline: Construct, spec: PipelineSpec, given: ISecret | undefined): ISecret | undefined {
  const hashing = Object.entries(spec.tables).filter(([, { privacy }]) => Object.values(privacy ?? {}).includes('hash')).map(([name]) => name);
  if (hashing.length === 0) return undefined;
  if (given) return given;
  throw new PipelineDefinitionError(pipeline.node.path, [{
    path: 'hashKey',
    what: `attributes of ${hashing.join(', ')} are hashed, and there is no key to hash them by`,
    fix: "hashKey: new Secret(this, 'HashKey', { generateSecretString: { passwordLength: 64 }, removalPolicy: RemovalPolicy.RETAIN })",
  }]);
}

/** What every function needs that writes change logs, where the pipeline hashes. */
export function allowHashing(handler: HandlerFunction, { hashKey, access }: Lake): void {
  if (!hashKey) return;
  handler.function.addEnvironment(ENVIRONMENT.hashKeySecret, hashKey.secretArn);
  allowReading(handler, hashKey);
  handler.allow(...access.readObjects(HASH_KEY_MARK_KEY), ...access.writeObjects(HASH_KEY_MARK_KEY));
}

/** `grantRead` would name the role in the policy of the secret's key, which may belong to a stack that this one depends on. */
function allowReading(handler: HandlerFunction, { secretArn, secretFullArn, encryptionKey }: ISecret): void {
  // Secrets Manager appends six characters to a name.
  handler.role.addToPolicy(new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secretFullArn ?? `${secretArn}-??????`] }));
  if (!encryptionKey) return;
  handler.role.addToPolicy(new PolicyStatement({
    actions: ['kms:Decrypt'], resources: [encryptionKey.keyArn], conditions: { StringLike: { 'kms:ViaService': 'secretsmanager.*' } },
  }));
}
