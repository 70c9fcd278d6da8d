import type { RedriveReport } from '../../lambda-src/redrive/redrive-report';
import { answered, FakeDeployment, threw } from '../helpers/fake-deployment';

const NEXT = { startedAt: '2026-01-31T09:00:00.000Z', after: 'aws/lambda/m-orders/2' };
const report = (changes: { readonly [table: string]: number }, more: Partial<RedriveReport> = {}): RedriveReport => ({
  tables: Object.fromEntries(Object.entries(changes).map(([table, count]) => [table, { changes: count, rejected: 0 }])),
  filesDone: 2,
  filesLeft: 0,
  left: [],
  ...more,
});
const left = { key: 'aws/lambda/m-orders/3', why: 'too-old', message: 'run repair for the table' } as const;

describe('redrive', () => {
  test('goes on until there is no more to do, and adds up', async () => {
    const answers = [report({ orders: 10 }, { next: NEXT }), report({ orders: 5, customers: 1 })];
    const deployment = new FakeDeployment({ 'shop-redrive': (_, index) => answered(answers[index]) });
    const { status, stdout, stderr } = await deployment.run('redrive');

    expect(deployment.invoked).toEqual([{ functionName: 'shop-redrive', payload: {} }, { functionName: 'shop-redrive', payload: NEXT }]);
    expect(stderr).toContain('redrive of shop runs …\n  2 files done, 0 left; it goes on …\n');
    expect(stdout).toMatch(/orders +│ +15 │ +0 │/);
    expect(stdout).toMatch(/customers +│ +1 │ +0 │/);
    expect(stdout).toContain('4 files done, 0 left\n');
    expect(status).toBe(0);
  });

  test('asks for some tables, and for a look only', async () => {
    const deployment = new FakeDeployment({ 'shop-redrive': () => answered(report({ orders: 1234 })) });
    const { status, stdout } = await deployment.run('redrive', '--table', 'orders', '--dry-run');
    expect(deployment.invoked[0].payload).toEqual({ tables: ['orders'], dryRun: true });
    expect(stdout).toMatch(/changes that would be put through │\n.*\n.*orders +│ +1,234 │/);
    expect(stdout).toContain('2 files would be done, 0 left\n');
    expect(status).toBe(0);
  });

  test('says what stays and why, and ends with 1', async () => {
    const deployment = new FakeDeployment({ 'shop-redrive': () => answered(report({}, { filesLeft: 1, left: [left] })) });
    const { status, stdout } = await deployment.run('redrive');
    expect(stdout).toContain('! aws/lambda/m-orders/3 (too-old): run repair for the table\n');
    expect(status).toBe(1);
  });

  test('ends with 1 if records were rejected once more', async () => {
    const deployment = new FakeDeployment({ 'shop-redrive': () => answered(report({}, { tables: { orders: { changes: 3, rejected: 1 } } })) });
    expect((await deployment.run('redrive')).status).toBe(1);
  });

  test('that fails half-way tells what is done, and with --json where to go on', async () => {
    const deployment = new FakeDeployment({
      'shop-redrive': (_, index) => index % 2 === 0 ? answered(report({ orders: 10 }, { next: NEXT })) : threw('Error', 'no disk'),
    });
    const text = await deployment.run('redrive');
    expect(text.stdout).toContain('2 files done, 0 left');
    expect(text.stderr).toContain('redrive stopped before its end: Error: no disk\nWhat is done is done; run it again for the rest.\n');
    expect(text.status).toBe(1);

    const { status, stdout, stderr } = await deployment.run('redrive', '--json');
    expect(JSON.parse(stdout)).toEqual({ ...report({ orders: 10 }), next: NEXT, failure: 'Error: no disk' });
    expect(stderr).toBe('');
    expect(status).toBe(1);
  });

  test('does not go round for ever with a function that looks at nothing', async () => {
    const deployment = new FakeDeployment({ 'shop-redrive': () => answered(report({}, { filesDone: 0, next: { startedAt: NEXT.startedAt } })) });
    const { status, stderr } = await deployment.run('redrive');
    expect(stderr).toContain('an invocation ended without having looked at a file');
    expect(deployment.invoked).toHaveLength(1);
    expect(status).toBe(1);
  });

  test('refuses unknown tables, all at once, before anything is done', async () => {
    const deployment = new FakeDeployment();
    const { status, stderr } = await deployment.run('redrive', '--table', 'order', 'everything', '--table', 'customers');
    expect(stderr).toBe("error: the pipeline has no Silver table 'order'; did you mean 'orders'?\n"
      + "error: the pipeline has no Silver table 'everything'; there are: customers, orders\n");
    expect(deployment.invoked).toEqual([]);
    expect(status).toBe(1);
  });

  test('of a pipeline whose version has none says what to do', async () => {
    const deployment = new FakeDeployment();
    deployment.functionNames = { silver: 'shop-silver' };
    const { status, stderr } = await deployment.run('redrive');
    expect(stderr).toBe('shop was deployed by a version without a function for redrive: deploy the stack again with the present one\n');
    expect(status).toBe(1);
  });
});
