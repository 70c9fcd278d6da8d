import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { cachedFolder } from './cache-folder';
import { runTool } from './run-tool';

/** The newest version of which Maven Central holds server and plugins as one finds them there. It needs Java 24 or later. */
const VERSION = '476';
const FETCH = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:get';
const PLUGINS = ['iceberg', 'hive'];

/** Server and the two connectors: 800 MB from Maven Central. Needs `mvn` and `tar`. */
export function installTrino(python: string): string {
  return cachedFolder(`trino-${VERSION}`, folder => {
    const repository = path.join(folder, 'repository');
    const artifact = (name: string, type: string): string => {
      runTool('mvn', ['-B', '-q', FETCH, `-Dmaven.repo.local=${repository}`, '-Dtransitive=false', `-Dartifact=io.trino:${name}:${VERSION}:${type}`]);
      return path.join(repository, 'io', 'trino', name, VERSION, `${name}-${VERSION}.${type}`);
    };
    runTool('tar', ['-xzf', artifact('trino-server-core', 'tar.gz'), '-C', folder, '--strip-components=1']);
    for (const unused of ['plugin', 'secrets-plugin']) rmSync(path.join(folder, unused), { recursive: true, force: true });
    mkdirSync(path.join(folder, 'plugin'));
    for (const plugin of PLUGINS) {
      runTool(python, ['-m', 'zipfile', '-e', artifact(`trino-${plugin}`, 'zip'), path.join(folder, 'plugin')]);
      renameSync(path.join(folder, 'plugin', `trino-${plugin}-${VERSION}`), path.join(folder, 'plugin', plugin));
    }
    rmSync(repository, { recursive: true });
    // 82 MB for a catalog that is not used
    for (const jar of readdirSync(path.join(folder, 'plugin', 'iceberg'))) if (jar.startsWith('net.snowflake')) rmSync(path.join(folder, 'plugin', 'iceberg', jar));
  });
}
