import { Stack, Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Says to policy checkers why one resource in the policies below a construct ends in a star; about any other they go on complaining. */
export function acknowledgeWildcard(scope: Construct, resource: string, reason: string): void {
  const text = flattened(Stack.of(scope).resolve(resource));
  if (text.includes('*')) Validations.of(scope).acknowledge({ id: `AwsSolutions-IAM5[Resource::${text}]`, reason });
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
