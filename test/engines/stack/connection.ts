import type { SparkDistribution } from '../install/spark-distribution';

/** What a test of a deployed pipeline needs, on AWS as on the emulator. */
export interface Account {
  readonly account: string;
  readonly region: string;
  /** Where queries run that are no pipeline's own. */
  readonly workgroup: string;
  /** Python with the independent reader. */
  readonly python: string;
  /** Another one, that shares nothing with it. */
  readonly spark: SparkDistribution;
  /** A folder for what the run writes; kept when a test fails. */
  readonly folder: string;
}

/** How tests reach the engines; it travels to them as JSON in an environment variable. */
export interface Connection extends Account {
  /** Everything of AWS, over TLS, Athena among it. */
  readonly endpoint: string;
  /** PEM file of the endpoint's certificate. */
  readonly certificate: string;
  /** The Athena server itself, where faults are ordered. */
  readonly athena: string;
  readonly trino: string;
  /** Where the emulator takes orders; see `emulator.ts`. */
  readonly emulator: string;
  /** Where engines are stopped and started again; see `control.ts`. */
  readonly control: string;
}

const VARIABLE = 'ENGINES_CONNECTION';

export function publishConnection(engines: Connection): void {
  Object.assign(process.env, awsEnvironment(engines), { [VARIABLE]: JSON.stringify(engines) });
}

/** Clients find AWS by themselves. */
export function publishAccount(account: Account): void {
  Object.assign(process.env, { AWS_REGION: account.region, AWS_DEFAULT_REGION: account.region, [VARIABLE]: JSON.stringify(account) });
}

/** Throws when neither the engines have been started nor an account is known. */
export function deployment(): Account {
  return connection();
}

/** Whether the account is the emulator's. */
export function isEmulated(): boolean {
  return 'endpoint' in deployment();
}

/** Throws when the engines have not been started. */
export function connection(): Connection {
  const value = process.env[VARIABLE];
  if (value === undefined) throw new Error('the engines do not run: start these tests with `npm run test:engines`');
  return JSON.parse(value) as Connection;
}

/** What unmodified clients and command lines of AWS read. The access key of twelve digits is the account's root. */
export function awsEnvironment({ account, region, endpoint, certificate }: Connection): { readonly [variable: string]: string } {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_CA_BUNDLE: certificate,
    NODE_EXTRA_CA_CERTS: certificate,
    CDK_DEFAULT_ACCOUNT: account,
    CDK_DEFAULT_REGION: region,
  };
}
