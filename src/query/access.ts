/** What an IAM statement allows. */
export interface Access {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Why a resource among them ends in a star; none does if there is no reason. */
  readonly wildcardReason?: string;
}
