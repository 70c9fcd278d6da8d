import { FakeDeployment } from '../helpers/fake-deployment';

describe('backfill and repair', () => {
  test.each([['backfill', 'full'], ['repair', 'repair']])('%s starts the state machine for all tables and waits for its end', async (command, kind) => {
    const account = new FakeDeployment();
    const { status, stdout, stderr } = await account.run(command, '--name', 'mine');
    expect([status, account.started]).toEqual([0, [{ name: 'mine', input: { kind, tables: ['customers', 'orders'] } }]]);
    expect(stderr).toContain(':shop-backfill:mine');
    expect(stdout).toContain('in Bronze');
  });

  describe('where another execution was at it already', () => {
    const elsewhere = ['customers', 'orders'].map(table => ({ request: { table }, step: { state: table === 'orders' ? 'elsewhere' : 'done', execution: 'deploy-1' } }));
    let account: FakeDeployment;
    beforeEach(() => {
      account = new FakeDeployment();
      account.executionEnd = { status: 'SUCCEEDED', output: JSON.stringify({ ends: elsewhere }) };
    });

    test('says so', async () => {
      account.otherExecutions.set('deploy-1', { status: 'RUNNING' });
      const { status, stdout } = await account.run('backfill', '--continue', 'first');
      expect([status, stdout]).toEqual([0, expect.stringMatching(/^orders: the execution deploy-1 is at it already and goes on.*\nall else is in Bronze/)]);
      const alone = await account.run('backfill', '--continue', 'first', '--table', 'orders');
      expect(alone.stdout).toMatch(/^orders: the execution deploy-1 is at it already and goes on; status shows how far it is\n$/);
    });

    test('is content where that has ended well by now', async () => {
      account.otherExecutions.set('deploy-1', { status: 'SUCCEEDED' });
      const { status, stdout } = await account.run('backfill');
      expect([status, stdout]).toEqual([0, expect.stringContaining('orders: the execution deploy-1 was at it already, and has ended well\n')]);
    });

    test.each(['ABORTED', 'TIMED_OUT', 'gone'])('fails where that goes on no more, being %s', async end => {
      if (end !== 'gone') account.otherExecutions.set('deploy-1', { status: end });
      const { status, stdout } = await account.run('backfill');
      expect([status, stdout]).toEqual([1, expect.stringContaining('orders: the execution deploy-1 was at it, but has been stopped or has failed, and nothing was done; start this again')]);
      const { left } = JSON.parse((await account.run('backfill', '--json')).stdout) as { readonly left: unknown };
      expect(left).toEqual([{ table: 'orders', execution: 'deploy-1', state: 'failed' }]);
    });
  });

  test('only starts it where nobody wants to wait', async () => {
    const account = new FakeDeployment();
    account.executionEnd = { status: 'RUNNING' };
    const { status, stdout } = await account.run('backfill', '--table', 'orders', '--no-wait', '--json', '--name', 'mine');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ executionArn: expect.stringMatching(/:mine$/), state: 'running' });
    expect(account.started[0].input).toEqual({ kind: 'full', tables: ['orders'] });
  });

  test('says why it failed', async () => {
    const account = new FakeDeployment();
    account.executionEnd = { status: 'FAILED', error: 'BackfillRefusedError', cause: 'orders: point-in-time recovery is off' };
    const { status, stderr } = await account.run('repair');
    expect(status).toBe(1);
    expect(stderr).toContain('it failed: FAILED: BackfillRefusedError: orders: point-in-time recovery is off');
  });

  test('loads a window, and what changed since a time', async () => {
    const account = new FakeDeployment();
    await account.run('backfill', '--name', 'w', '--table', 'orders', '--from', '2026-01-31T10:00:00+01:00', '--to', '2026-01-31T11:00:00Z');
    await account.run('heal', '--name', 'h', '--table', 'orders', '--from', '2026-01-31T09:00:00Z');
    expect(account.started.map(({ input }) => input)).toEqual([
      { kind: 'window', tables: ['orders'], from: '2026-01-31T09:00:00.000Z', to: '2026-01-31T11:00:00.000Z' },
      { kind: 'heal', tables: ['orders'], from: '2026-01-31T09:00:00.000Z' },
    ]);
  });

  test('goes on with what failed, under its name', async () => {
    const account = new FakeDeployment();
    account.executionEnd = { status: 'FAILED', error: 'BackfillFailedError', cause: 'orders: no rights' };
    expect((await account.run('backfill', '--name', 'mine')).stderr).toContain('go on with --continue mine\n');
    expect((await account.run('backfill', '--name', 'mine', '--table', 'orders')).stderr).toContain('go on with --continue mine --table orders\n');
    account.executionEnd = { status: 'SUCCEEDED', output: '{}' };
    await account.run('backfill', '--name', 'mine-2', '--continue', 'mine');
    expect(account.started[2]).toEqual({ name: 'mine-2', input: { kind: 'full', tables: ['customers', 'orders'], id: 'mine' } });
  });

  test.each([
    [['--from', 'yesterday'], 'It must read like 2026-01-31T09:00:00Z.'],
    [['--to', '2026-01-31T09:00:00Z'], "'--to <time>' needs '--from <time>'"],
  ])('refuses %s', async (options, message) => {
    const account = new FakeDeployment();
    const { status, stderr } = await account.run('backfill', ...options);
    expect([status, account.started]).toEqual([1, []]);
    expect(stderr).toContain(message);
  });

  test('refuses a table that there is not, before anything is started', async () => {
    const account = new FakeDeployment();
    const { status, stderr } = await account.run('backfill', '--table', 'order');
    expect([status, account.started]).toEqual([1, []]);
    expect(stderr).toContain("no Silver table 'order'; did you mean 'orders'?");
  });
});

describe('replay', () => {
  const answering = (report: object) => new FakeDeployment({ 'shop-rebuild': () => ({ status: 200, body: JSON.stringify(report) }) });

  test('asks for what quarantine rules hold back, and tells what came of it', async () => {
    const account = answering({ heldBack: 3, changes: 2, files: ['bronze/orders/x.parquet'], skipped: [] });
    const { status, stdout } = await account.run('replay', '--table', 'orders');
    expect([status, stdout]).toEqual([0, 'orders: 3 changes are held back, 2 of them are in 1 new Bronze files\n']);
    expect(account.invoked).toEqual([{ functionName: 'shop-rebuild', payload: { replay: { table: 'orders', actions: ['quarantine'] } } }]);
  });

  test('names what it had to leave out', async () => {
    const account = answering({ heldBack: 1, changes: 0, files: [], skipped: [{ file: 'bronze/orders/y.parquet', reason: 'it is gone' }] });
    const { status, stdout } = await account.run('replay', '--table', 'orders', '--dropped');
    expect(status).toBe(1);
    expect(stdout).toContain('left out: bronze/orders/y.parquet: it is gone');
  });
});
