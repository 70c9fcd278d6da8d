import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { cachedFolder } from './cache-folder';
import { runPersistently, runTool } from './run-tool';
import { needTools } from './system-tools';

/** The newest version of which Maven Central holds server and plugins as one finds them there. It needs Java 24 or later. */
const VERSION = '476';
/** Maven's goal that downloads one artifact. */
export const FETCH = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:get';
const PLUGINS = ['iceberg', 'hive'];

/** Server and the two connectors: 800 MB from Maven Central. */
export function installTrino(): Promise<string> {
  return cachedFolder(`trino-${VERSION}`, async folder => {
    await needTools('mvn', 'tar', 'python3');
    const repository = path.join(folder, 'repository');
    const artifact = async (name: string, type: string): Promise<string> => {
      await runPersistently('mvn', [
        '-B', '-q', FETCH, `-Dmaven.repo.local=${repository}`, '-Dtransitive=false', `-Dartifact=io.trino:${name}:${VERSION}:${type}`,
      ]);
      return path.join(repository, 'io', 'trino', name, VERSION, `${name}-${VERSION}.${type}`);
    };
    await runTool('tar', ['-xzf', await artifact('trino-server-core', 'tar.gz'), '-C', folder, '--strip-components=1']);
    for (const unused of ['plugin', 'secrets-plugin']) rmSync(path.join(folder, unused), { recursive: true, force: true });
    mkdirSync(path.join(folder, 'plugin'));
    for (const plugin of PLUGINS) {
      const archive = await artifact(`trino-${plugin}`, 'zip');
      await runTool('python3', ['-m', 'zipfile', '-e', archive, path.join(folder, 'plugin')]);
      rmSync(archive);
      renameSync(path.join(folder, 'plugin', `trino-${plugin}-${VERSION}`), path.join(folder, 'plugin', plugin));
    }
    rmSync(repository, { recursive: true });
    // 82 MB for a catalog that is not used
    for (const jar of readdirSync(path.join(folder, 'plugin', 'iceberg'))) if (jar.startsWith('net.snowflake')) rmSync(path.join(folder, 'plugin', 'iceberg', jar));
  });
}
