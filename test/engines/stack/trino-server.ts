import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { runOnTrino } from '../athena-server/trino';
import { Child } from './child';
import { trusting } from './trust-store';

export interface TrinoServerOptions {
  readonly installation: string;
  readonly java: string;
  readonly folder: string;
  readonly port: number;
  readonly endpoint: string;
  readonly certificate: string;
  readonly account: string;
  readonly region: string;
}

/** A single node of Trino with Iceberg and Hive tables in the emulator's Glue and S3. */
export async function startTrino(options: TrinoServerOptions): Promise<Child> {
  const home = path.join(options.folder, 'trino');
  writeConfiguration(home, options);
  const url = `http://127.0.0.1:${options.port}`;
  return Child.start({
    program: path.join(options.java, 'bin', 'java'),
    parameters: [
      '-Xmx1500m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:-OmitStackTraceInFastThrow', '-XX:ReservedCodeCacheSize=256M',
      '-Djdk.attach.allowAttachSelf=true', '-Djdk.nio.maxCachedBufferSize=2000000', '-Dfile.encoding=UTF-8',
      '--enable-native-access=ALL-UNNAMED', '--sun-misc-unsafe-memory-access=allow',
      ...await trusting(options.certificate, options.java, path.join(home, 'etc', 'trust.jks')),
      '-Dnode.environment=test', '-Dnode.id=n1', `-Dnode.data-dir=${path.join(home, 'data')}`,
      '-Dconfig=etc/config.properties', '-Dlog.levels-file=etc/log.properties', '-cp', 'lib/*', 'io.trino.server.TrinoServer',
    ],
    environment: { PATH: process.env.PATH, HOME: home },
    folder: home,
    log: path.join(options.folder, 'trino.log'),
    ready: () => scans(url),
    patience: 240_000,
  });
}

function writeConfiguration(home: string, options: TrinoServerOptions): void {
  mkdirSync(path.join(home, 'etc', 'catalog'), { recursive: true });
  for (const part of ['lib', 'plugin']) {
    try {
      symlinkSync(path.join(options.installation, part), path.join(home, part));
    } catch {
      // It is there from a former start.
    }
  }
  write(path.join(home, 'etc', 'log.properties'), { 'io.trino': 'WARN' });
  write(path.join(home, 'etc', 'config.properties'), {
    'coordinator': 'true',
    'node-scheduler.include-coordinator': 'true',
    'http-server.http.port': String(options.port),
    'discovery.uri': `http://127.0.0.1:${options.port}`,
    'query.max-memory': '500MB',
    'query.max-memory-per-node': '500MB',
    'catalog.management': 'static',
    'task.concurrency': '2',
  });
  const { endpoint, region, account } = options;
  const glueAndS3 = {
    'hive.metastore.glue.region': region,
    'hive.metastore.glue.endpoint-url': endpoint,
    'hive.metastore.glue.aws-access-key': account,
    'hive.metastore.glue.aws-secret-key': 'test',
    'fs.native-s3.enabled': 'true',
    's3.endpoint': endpoint,
    's3.region': region,
    's3.path-style-access': 'true',
    's3.aws-access-key': account,
    's3.aws-secret-key': 'test',
  };
  write(path.join(home, 'etc', 'catalog', 'awsdatacatalog.properties'), {
    'connector.name': 'iceberg',
    'iceberg.catalog.type': 'glue',
    'iceberg.hive-catalog-name': 'hive',
    'iceberg.expire-snapshots.min-retention': '0s',
    'iceberg.remove-orphan-files.min-retention': '0s',
    'iceberg.allowed-extra-properties': '*',
    ...glueAndS3,
  });
  write(path.join(home, 'etc', 'catalog', 'hive.properties'), {
    'connector.name': 'hive',
    'hive.metastore': 'glue',
    'hive.iceberg-catalog-name': 'awsdatacatalog',
    'hive.recursive-directories': 'true',
    'hive.parquet.use-column-names': 'true',
    ...glueAndS3,
  });
}

/** It answers before it has a node that takes work: only splits that are really scheduled prove that. */
async function scans(url: string): Promise<void> {
  const { rows } = await runOnTrino(
    { url, catalog: 'awsdatacatalog' }, undefined, 'SELECT count(*) FROM TABLE(sequence(1, 1000))', AbortSignal.timeout(10_000),
  );
  if (Number(rows[0][0]) !== 1000) throw new Error(`counted ${String(rows[0][0])} rows of 1000`);
}

function write(file: string, properties: { readonly [name: string]: string }): void {
  writeFileSync(file, Object.entries(properties).map(([name, value]) => `${name}=${value}\n`).join(''));
}
