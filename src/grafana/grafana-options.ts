import type { IRole } from 'aws-cdk-lib/aws-iam';

/** Where the Grafana files go, and how Grafana gets at the data. */
export interface GrafanaOptions {
  /**
   * A folder that the files are written to at each synth, relative to where synth runs: `docker compose up` in it starts Grafana. A folder
   * of its own for each pipeline. Dashboards of the pipeline that are no more are removed from it; other files stay.
   *
   * @default - in the cloud assembly only, from where `npx cdk-medallion-analytics grafana --out <folder>` copies them
   */
  readonly directory?: string;

  /**
   * A role of the pipeline's account that Grafana assumes for its queries; it is granted what `grantQuery` grants. Its trust policy
   * must let Grafana's own credentials assume it. If its ARN is not known at synth, the role's stack gets an output with it, whose name
   * ends in `GrafanaRoleArn`.
   *
   * @default - none: Grafana queries with its own credentials, which need `grantQuery`
   */
  readonly role?: IRole;
}
