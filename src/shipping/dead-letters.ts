import { Duration, Validations } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** Where starts of stages end up that a schedule could not deliver: one queue for all schedules of a pipeline. */
export class DeadLetters extends Construct {
  public readonly queue: Queue;

  public constructor(scope: Construct, id: string, private readonly encryptionKey: IKey | undefined) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      encryption: encryptionKey ? QueueEncryption.KMS : QueueEncryption.SQS_MANAGED,
      encryptionMasterKey: encryptionKey,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(this.queue).acknowledge({ id: 'AwsSolutions-SQS3', reason: 'It is itself the dead-letter queue of the schedules.' });
  }

  /** To leave something in the queue, and nothing else. */
  public allowSending(role: Role): void {
    role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] }));
    if (!this.encryptionKey) return;
    role.addToPolicy(new PolicyStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [this.encryptionKey.keyArn] }));
  }
}
