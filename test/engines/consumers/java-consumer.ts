import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { cachedFolder, shortHash } from '../install/cache-folder';
import { runPersistently, runTool, ToolFailedError } from '../install/run-tool';
import { needTools } from '../install/system-tools';
import { FETCH } from '../install/trino-distribution';
import { generate, VERSIONS } from './built-library';
import { APPS, synthEnvironment, type MakeConsumer } from './consumer';

const CDK = path.join(__dirname, '..', '..', '..', 'node_modules', 'aws-cdk-lib');
const POM = path.join(APPS, 'java', 'pom.xml');
const VERSION_PROPERTIES = [`-Dcdk.version=${VERSIONS.cdk}`, `-Dconstructs.version=${VERSIONS.constructs}`];

/** Maven, with a local repository that is kept: the CDK, the plugins, and last the library. */
export const javaConsumer: MakeConsumer = async (library, work) => {
  await needTools('mvn', 'javac');
  const folder = path.join(work, 'java');
  cpSync(path.join(APPS, 'java'), folder, { recursive: true });
  pinToLeastVersions(path.join(library.java, 'pom.xml'));

  const repository = await cachedFolder(`maven-${shortHash(VERSION_PROPERTIES.join() + readFileSync(POM, 'utf8'))}`, async fresh => {
    await provideCdk(fresh, path.join(work, 'cdk'));
    // The first build brings Maven's plugins along.
    await runPersistently('mvn', [...inRepository(fresh), ...INSTALL], {}, library.java);
    await runPersistently('mvn', [...inRepository(fresh), ...VERSION_PROPERTIES, 'compile', 'exec:help'], {}, folder);
  });
  const mvn = [...inRepository(repository), '--offline'];
  await runTool('mvn', [...mvn, ...INSTALL], {}, library.java);
  await runTool('mvn', [...mvn, ...VERSION_PROPERTIES, 'compile'], {}, folder);
  return {
    synth: (outdir, ...parameters) => runTool(
      'mvn', [...mvn, ...VERSION_PROPERTIES, 'exec:java', `-Dexec.args=${parameters.join(' ')}`], synthEnvironment(outdir), folder,
    ),
  };
};

const INSTALL = ['install', '-Dmaven.javadoc.skip=true', '-Dmaven.source.skip=true'];

/** From Maven Central, or where that has no such version, made from the npm package as its own maintainers make it: some minutes. */
async function provideCdk(repository: string, work: string): Promise<void> {
  try {
    await runTool('mvn', [...inRepository(repository), FETCH, '-Dtransitive=false', `-Dartifact=software.amazon.awscdk:aws-cdk-lib:${VERSIONS.cdk}`]);
  } catch (error) {
    if (!(error instanceof ToolFailedError)) throw error;
    console.log(`building aws-cdk-lib ${VERSIONS.cdk} for Java: Maven Central does not serve it`);
    const { java } = await generate(CDK, work, ['java']);
    await runPersistently('mvn', [...inRepository(repository), ...INSTALL], {}, java);
    rmSync(work, { recursive: true });
  }
}

/** Else Maven takes the newest that it sees listed, served or not. */
function pinToLeastVersions(pom: string): void {
  writeFileSync(pom, readFileSync(pom, 'utf8').replaceAll(/<version>\[([^,]+),[^)]*\)<\/version>/g, '<version>$1</version>'));
}

function inRepository(repository: string): string[] {
  return ['-B', '-q', `-Dmaven.repo.local=${repository}`];
}
