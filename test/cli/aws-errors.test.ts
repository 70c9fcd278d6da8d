import { FakeDeployment, refused, runCommand, threw } from '../helpers/fake-deployment';

describe('a command that AWS does not serve says so in one line', () => {
  test.each<[string, string, string, string]>([
    ['expired credentials', 'ExpiredTokenException', 'The security token included in the request is expired', 'the AWS credentials have expired: sign in again'],
    ['wrong credentials', 'UnrecognizedClientException', 'The security token is invalid.', 'AWS does not accept the credentials: The security token is invalid. Check'],
    ['missing rights', 'AccessDeniedException', 'User: jo is not authorized to perform: ssm:GetParameter', 'AWS does not allow it: User: jo is not authorized'],
    ['anything else', 'InternalServerError', 'Try later', 'Try later'],
  ])('for %s', async (_, errorType, message, line) => {
    const deployment = new FakeDeployment();
    deployment.refusal = refused(errorType, message);
    const { status, stdout, stderr } = await deployment.run('status');
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringContaining(line)]);
    expect(stdout).toBe('');
    expect(status).toBe(1);
  });

  test.each<[string, { readonly [name: string]: string | undefined }, string]>([
    ['without credentials', { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }, 'no AWS credentials that can be used: '],
    ['without a region', { AWS_REGION: undefined }, 'no AWS region is chosen that can be used: give --region'],
    ['with a region that is none', { AWS_REGION: 'Ireland !' }, 'no AWS region is chosen that can be used: give --region'],
    ['without a network', { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_MAX_ATTEMPTS: '1' }, 'AWS cannot be reached (ECONNREFUSED): check'],
  ])('%s', async (_, environment, line) => {
    const { status, stderr } = await runCommand(['status', '--pipeline', 'shop'], environment);
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringContaining(line)]);
    expect(status).toBe(1);
  });
});

test('a profile that is not there is told before AWS is asked', async () => {
  const { status, stderr } = await new FakeDeployment().run('status', '--profile', 'shpo');
  expect(stderr).toMatch(/^there is no profile 'shpo' in .*; there is none\n$/);
  expect(status).toBe(1);
});

describe('explain', () => {
  test('refuses a table that is not there', async () => {
    const { status, stderr } = await new FakeDeployment().run('explain', 'ordrs', 'O-1');
    expect(stderr).toBe("error: the pipeline has no Silver table 'ordrs'; did you mean 'orders'?\n");
    expect(status).toBe(1);
  });
});

describe('run', () => {
  test('shows why a stage failed', async () => {
    const deployment = new FakeDeployment({ 'shop-silver': () => threw('SilverError', 'orders: no such table') });
    const { status, stderr } = await deployment.run('run', 'silver');
    expect(stderr).toMatch(/silver failed after [\d.]+ s:\nSilverError: orders: no such table\n/);
    expect(status).toBe(1);
  });

  test('of a stage that the deployed version does not have says what to do', async () => {
    const { status, stderr } = await new FakeDeployment().run('run', 'maintenance');
    expect(stderr).toContain('shop was deployed by a version without a function for maintenance: deploy the stack again');
    expect(status).toBe(1);
  });
});
