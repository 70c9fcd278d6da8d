import { temporaryFolder } from '../helpers/temporary-folder';
import { EVERY_TYPE_PIPELINE } from './every-type';
import { LocalWorld } from './local-world';

const folder = temporaryFolder();

test('a night of maintenance prunes what Gold has taken and changes no table that is read', async () => {
  const world = await LocalWorld.run(folder, EVERY_TYPE_PIPELINE, { rows: 30, updates: 30, deletes: 8, seed: 5 });
  try {
    const { tables } = await world.pipeline.runMaintenance();
    expect(tables['silver.facts'].ledgerRowsPruned).toBeGreaterThan(0);
    expect(await world.pipeline.read('SELECT count(*) AS n FROM bookkeeping.ledger_facts')).toEqual([{ n: '0' }]);
    await world.pipeline.runSilver();
    await world.pipeline.runGold();
    expect((await world.verify()).filter(({ verdict }) => verdict !== 'equal')).toEqual([]);
  } finally {
    await world.pipeline.close();
  }
}, 120_000);
