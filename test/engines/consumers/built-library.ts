import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import * as path from 'node:path';
import { runTool } from '../install/run-tool';

const ROOT = path.join(__dirname, '..', '..', '..');
const TOOLS = path.join(ROOT, 'node_modules', '.bin');
/** What the compiler reads, and what the package ships. */
const SOURCES = ['package.json', 'README.md', 'LICENSE', 'src', 'assets', 'bin'];

/** The library as it is published: one folder a language. */
export interface BuiltLibrary {
  readonly python: string;
  readonly java: string;
  readonly go: string;
}

/** The least versions that the library promises to work with; all languages are held to them, so that templates can be compared. */
export const VERSIONS = {
  cdk: developedWith('aws-cdk-lib'),
  constructs: developedWith('constructs'),
  jsii: developedWith('jsii-pacmak'),
};

/** Compiles it and generates every language beside the sources, which stay as they are. `assets/` must be there. */
export async function buildLibrary(work: string): Promise<BuiltLibrary> {
  const folder = path.join(work, 'library');
  mkdirSync(folder);
  for (const source of SOURCES) cpSync(path.join(ROOT, source), path.join(folder, source), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  await runTool(path.join(TOOLS, 'jsii'), ['--silence-warnings=reserved-word'], {}, folder);
  const { python, java, go } = await generate(folder, path.join(work, 'languages'), ['python', 'java', 'go']);
  return { python, java, go: path.join(go, 'cdkmedallionanalytics') };
}

/** Generates the code of a jsii package; answers with a folder for each language. */
export async function generate<L extends string>(
  packageFolder: string, outdir: string, languages: readonly L[],
): Promise<Record<L, string>> {
  const targets = languages.flatMap(language => ['--target', language]);
  await runTool(path.join(TOOLS, 'jsii-pacmak'), [packageFolder, '--code-only', '--no-npmignore', '--no-fingerprint', '--outdir', outdir, ...targets]);
  return Object.fromEntries(languages.map(language => [language, path.join(outdir, language)])) as Record<L, string>;
}

function developedWith(dependency: string): string {
  return JSON.parse(readFileSync(path.join(ROOT, 'node_modules', dependency, 'package.json'), 'utf8')).version;
}
