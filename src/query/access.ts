/** What an IAM statement allows. */
export interface Access {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** In IAM's form; unconditional if undefined. */
  readonly conditions?: { readonly [operator: string]: { readonly [key: string]: string } };
  /** Why a resource among them ends in a star; none does if there is no reason. */
  readonly wildcardReason?: string;
}
