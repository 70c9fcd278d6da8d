import { Stack, Validations } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';

/** Says to policy checkers why one resource in a role's policies ends in a star; about any other they go on complaining. */
export function acknowledgeWildcard(role: Role, resource: string, reason: string): void {
  const text = flattened(Stack.of(role).resolve(resource));
  if (text.includes('*')) Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${text}]`, reason });
}

/** An ARN with its references in angle brackets, the form in which cdk-nag names findings. */
function flattened(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref: reference, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value as {
    readonly 'Ref'?: string;
    readonly 'Fn::GetAtt'?: readonly string[];
    readonly 'Fn::Join'?: readonly [string, readonly unknown[]];
  };
  if (reference !== undefined) return `<${reference}>`;
  if (attribute) return `<${attribute.join('.')}>`;
  if (join) return join[1].map(flattened).join(join[0]);
  return JSON.stringify(value);
}
