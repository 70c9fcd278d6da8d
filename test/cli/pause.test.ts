import { NEW_EXPORT } from '../../lambda-src/backfill/backfill-state';
import { PAUSED_KEY } from '../../src/spec/storage-layout';
import { FakeDeployment } from '../helpers/fake-deployment';

const USER = 'arn:aws:iam::111122223333:user/jo';
const HOUR = 60 * 60 * 1000;
const recorded = (deployment: FakeDeployment) => JSON.parse(deployment.objects.get(PAUSED_KEY)!) as { tables: object; schedules: object };

function pausedFor(hours: number): FakeDeployment {
  const deployment = new FakeDeployment();
  const since = new Date(Date.now() - hours * HOUR).toISOString();
  const entry = { since, by: USER };
  deployment.objects.set(PAUSED_KEY, JSON.stringify({ formatVersion: 1, tables: { orders: entry }, schedules: { gold: entry } }));
  deployment.mappings.set('m-orders', 'Disabled');
  deployment.schedules.set('shop-gold', 'DISABLED');
  return deployment;
}

describe('pause', () => {
  test('stops the reading of every stream, says until when that is safe, and leaves the schedules', async () => {
    const deployment = new FakeDeployment();
    const { status, stdout, stderr } = await deployment.run('pause');

    expect([...deployment.mappings.values()]).toEqual(['Disabled', 'Disabled']);
    expect([...deployment.schedules.values()]).toEqual(['ENABLED', 'ENABLED']);
    expect(recorded(deployment).tables).toEqual({
      orders: { since: expect.any(String), by: USER }, customers: { since: expect.any(String), by: USER },
    });
    expect(stderr).toContain('pausing, which may take a minute or two …\n');
    expect(stdout).toMatch(new RegExp(`stream of orders +│ off +│ \\S+ │ ${USER}`));
    expect(stdout).toMatch(/! stream of orders: changes are lost to the stream in 2[34]\.\d hours: run resume before\n/);
    expect(status).toBe(0);
  });

  test('of some tables and stages leaves the others', async () => {
    const deployment = new FakeDeployment();
    const { status, stdout } = await deployment.run('pause', '--table', 'orders', '--schedule', 'silver', '--json');
    expect(Object.fromEntries(deployment.mappings)).toEqual({ 'm-orders': 'Disabled', 'm-customers': 'Enabled' });
    expect(Object.fromEntries(deployment.schedules)).toEqual({ 'shop-silver': 'DISABLED', 'shop-gold': 'ENABLED' });
    expect(JSON.parse(stdout)).toEqual([
      expect.objectContaining({ kind: 'tables', name: 'orders', state: 'off', by: USER }),
      expect.objectContaining({ kind: 'schedules', name: 'silver', state: 'off' }),
    ]);
    expect(status).toBe(0);
  });

  test('refuses a table and a stage that are not there, and stops nothing', async () => {
    const deployment = new FakeDeployment();
    const { status, stderr } = await deployment.run('pause', '--table', 'ordesr');
    expect(stderr).toBe("error: the pipeline has no Silver table 'ordesr'; did you mean 'orders'?\n");
    expect((await deployment.run('pause', '--schedule', 'bronze')).stderr).toBe("error: the pipeline has no scheduled stage 'bronze'; there are: gold, silver\n");
    expect(deployment.objects.has(PAUSED_KEY)).toBe(false);
    expect(status).toBe(1);
  });
});

describe('resume', () => {
  test('takes up all that was paused', async () => {
    const deployment = pausedFor(3);
    const { status, stdout } = await deployment.run('resume');
    expect([...deployment.mappings.values(), ...deployment.schedules.values()]).toEqual(['Enabled', 'Enabled', 'ENABLED', 'ENABLED']);
    expect(recorded(deployment)).toMatchObject({ tables: {}, schedules: {} });
    expect(stdout).toMatch(/stream of orders +│ on/);
    expect(stdout).not.toContain('!');
    expect(status).toBe(0);
  });

  test('of one table leaves the schedule', async () => {
    const deployment = pausedFor(3);
    await deployment.run('resume', '--table', 'orders');
    expect(deployment.schedules.get('shop-gold')).toBe('DISABLED');
    expect(Object.keys(recorded(deployment).schedules)).toEqual(['gold']);
  });

  test('leaves a schedule that somebody turned off without pause', async () => {
    const deployment = new FakeDeployment();
    deployment.schedules.set('shop-silver', 'DISABLED');
    await deployment.run('resume');
    expect(deployment.schedules.get('shop-silver')).toBe('DISABLED');
  });

  test('after more than a day says what may be lost, and ends with 1', async () => {
    const { status, stdout } = await pausedFor(30).run('resume');
    expect(stdout).toMatch(/! stream of orders: changes from \S+ to \S+ may have left the stream unread: heal --table orders --from \S+ loads them, or repair/);
    expect(status).toBe(1);
  });
});

describe('status', () => {
  test('of a pipeline that is well has nothing to say of pauses', async () => {
    const { status, stdout, stderr } = await new FakeDeployment().run('status');
    expect(stderr).toBe('');
    expect(stdout).toContain('nothing needs looking at');
    expect(stdout).not.toContain('paused');
    expect(status).toBe(0);
  });

  test('shows what is paused, since when and by whom, and ends with 1', async () => {
    const { status, stdout } = await pausedFor(3).run('status');
    expect(stdout).toMatch(new RegExp(`stream of orders +│ off +│ \\S+ │ ${USER}`));
    expect(stdout).toContain('! stream of orders: changes are lost to the stream in 21.0 hours: run resume before\n');
    expect(stdout).toContain('! schedule of gold: paused; to go on: npx cdk-medallion-analytics resume --pipeline shop\n');
    expect(status).toBe(1);
  });

  test('survives an event source mapping that somebody has deleted, and says what to do', async () => {
    const deployment = new FakeDeployment();
    deployment.mappings.delete('m-orders');
    const { status, stdout } = await deployment.run('status');
    expect(stdout).toMatch(/│ orders +│.*│ missing/);
    expect(stdout).toContain('! stream of orders: it does not exist any more; deploy the stack again\n');
    expect(status).toBe(1);
  });

  test('shows how far a backfill and a changed definition have come, and how to go on with what stands still', async () => {
    const deployment = new FakeDeployment();
    const loaded = { ...NEW_EXPORT, items: 9, files: 4, loadedFiles: 1, rows: 2000 };
    deployment.objects.set('backfills/mine-orders.json', JSON.stringify({
      formatVersion: 1,
      request: { id: 'mine-orders', table: 'orders', kind: 'repair' },
      startedAt: '2026-01-31T09:00:00.000Z',
      updatedAt: '2026-01-31T09:00:00.000Z',
      phase: 'loading',
      exports: [loaded],
      current: 0,
      removed: 0,
    }));
    deployment.objects.set('rebuilds/customers.json', JSON.stringify({
      formatVersion: 1,
      epoch: 2,
      base: 1,
      queue: [{ kind: 'log', after: '', until: 'x' }],
      worker: null,
      progress: { files: 7, changes: 70, skipped: [], rejectedFiles: 0 },
    }));
    const { status, stdout } = await deployment.run('status');
    expect(stdout).toMatch(/│ customers +│ encoding │ +7 │ +70 │/);
    expect(stdout).toMatch(/│ orders +│ mine-orders │ repair │ loading │ 1 of 1 │ 1 of 4 │ 2,000 │/);
    expect(stdout).toContain('npx cdk-medallion-analytics repair --table orders --continue mine --pipeline shop\n');
    expect(status).toBe(1);
  });

  test('tells programs the same', async () => {
    const { status, stdout } = await pausedFor(3).run('status', '--json');
    const { switches, attention } = JSON.parse(stdout) as { switches: object[]; attention: string[] };
    expect(switches).toContainEqual(expect.objectContaining({ kind: 'tables', name: 'orders', state: 'off', by: USER }));
    expect(attention).toHaveLength(2);
    expect(status).toBe(1);
  });

  test('finds a stream that somebody turned off without pause', async () => {
    const deployment = new FakeDeployment();
    deployment.mappings.set('m-orders', 'Disabled');
    expect((await deployment.run('status')).stdout).toContain('! stream of orders: it is off since 2026-01-31T09:00:00.000Z at the latest, and not by pause');
  });
});
