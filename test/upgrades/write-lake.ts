import { rmSync } from 'node:fs';
import * as path from 'node:path';
import { LocalLake } from '../helpers/local-lake';
import { KeptLake } from './kept-lake';
import { fillKeptShop, keptShop } from './kept-shop';

/**
 * Writes a lake with the present code: `npx tsx test/upgrades/write-lake.ts test/fixtures/lake-2`. Once for each release that changes
 * what is stored; a lake that is there is never written again, or it would say nothing about the release that wrote it.
 */
async function main(folder: string): Promise<void> {
  const lake = await LocalLake.open(keptShop());
  try {
    await fillKeptShop(lake);
    rmSync(folder, { recursive: true, force: true });
    await new KeptLake(folder).write(lake);
  } finally {
    lake.close();
  }
}

void main(path.resolve(process.argv[2]));
