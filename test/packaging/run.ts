// Uses the packed library as a stranger would. Needs `npm run build` first.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { snippets } from './code-blocks';

const ROOT = path.join(__dirname, '..', '..');
const PACKAGE = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));

function main(): void {
  for (const built of ['lib/index.js', '.jsii', 'assets', 'API.md']) {
    if (!fs.existsSync(path.join(ROOT, built))) throw new Error(`${built} is missing: run \`npm run build\` first`);
  }
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'medallion-packaging-'));
  try {
    const names = exportedNames();
    const tarball = timed('pack', () => pack(work));
    const consumer = timed('install', () => install(work, tarball));
    timed('synth', () => synth(consumer));
    timed('local run', () => runLocally(consumer));
    timed('code in README and docs', () => compileCodeBlocks(consumer, names));
    timed('other languages', () => generateLanguages(work, names));
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

/** The names that users import, as jsii saw them. */
function exportedNames(): string[] {
  const assembly = JSON.parse(fs.readFileSync(path.join(ROOT, '.jsii'), 'utf8'));
  const types = Object.values<{ name: string; namespace?: string }>(assembly.types ?? {});
  return types.filter((type) => !type.namespace).map((type) => type.name);
}

function pack(work: string): string {
  const [{ filename, files }] = JSON.parse(run(ROOT, 'npm', ['pack', '--json', '--pack-destination', work]));
  const paths: string[] = files.map((file: { path: string }) => file.path);
  const allowed = /^(lib\/.*(\.js|\.d\.ts)|assets\/.*|bin\/.*|API\.md|README\.md|LICENSE|package\.json|\.jsii)$/;
  const strays = paths.filter((file) => !allowed.test(file));
  if (strays.length > 0) throw new Error(`the package ships what it should not: ${strays.join(', ')}`);
  const needed = ['lib/index.js', 'lib/index.d.ts', '.jsii', 'API.md', 'README.md', 'LICENSE', ...Object.values<string>(PACKAGE.bin)];
  const missing = needed.filter((file) => !paths.includes(file));
  if (missing.length > 0) throw new Error(`the package does not ship ${missing.join(', ')}`);
  return path.join(work, filename);
}

function install(work: string, tarball: string): string {
  const consumer = path.join(work, 'consumer');
  fs.mkdirSync(consumer);
  fs.writeFileSync(path.join(consumer, 'package.json'), JSON.stringify({ name: 'consumer', version: '1.0.0', private: true }));
  const peers = Object.entries(PACKAGE.peerDependencies).map(([name, range]) => `${name}@${range}`);
  const types = ['typescript', '@types/node'].map((name) => `${name}@${PACKAGE.devDependencies[name]}`);
  run(consumer, 'npm', ['install', '--no-audit', '--no-fund', tarball, ...peers, ...types]);
  for (const needless of ['esbuild', '@duckdb']) {
    if (fs.existsSync(path.join(consumer, 'node_modules', needless))) throw new Error(`the package brought ${needless} along`);
  }
  return consumer;
}

function synth(consumer: string): void {
  fs.cpSync(path.join(__dirname, 'app'), consumer, { recursive: true });
  // No AWS settings, no PATH: whatever the library might want to start, it cannot.
  execFileSync(process.execPath, ['app.js'], { cwd: consumer, env: { HOME: consumer, PATH: '' }, stdio: ['ignore', 'inherit', 'inherit'] });
  const template = JSON.parse(fs.readFileSync(path.join(consumer, 'cdk.out', 'Shop.template.json'), 'utf8'));
  const types = Object.values<{ Type: string }>(template.Resources).map((resource) => resource.Type);
  for (const expected of ['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::Lambda::Function', 'AWS::Lambda::EventSourceMapping']) {
    if (!types.includes(expected)) throw new Error(`the synthesized stack has no ${expected}`);
  }
}

/** The engine is the one thing that a stranger installs beside the package to run a pipeline. */
function runLocally(consumer: string): void {
  run(consumer, 'npm', ['install', '--no-audit', '--no-fund', `@duckdb/node-api@${PACKAGE.devDependencies['@duckdb/node-api']}`]);
  const command = path.join(consumer, 'node_modules', '.bin', 'cdk-medallion-analytics');
  run(consumer, command, ['local', '--app', 'cdk.out', '--rows', '50']);
}

/** All in one run of the compiler: reading the CDK's types is what takes long. */
function compileCodeBlocks(consumer: string, names: string[]): void {
  const folder = path.join(consumer, 'code-blocks');
  fs.mkdirSync(folder);
  const docs = fs.readdirSync(path.join(ROOT, 'docs')).filter((name) => name.endsWith('.md')).map((name) => path.join('docs', name));
  const files = ['README.md', ...docs].flatMap((page) => {
    const found = snippets(page, fs.readFileSync(path.join(ROOT, page), 'utf8'), names);
    return found.map(({ line, source }) => {
      const file = path.join(folder, `${page.replace(/\W/g, '-')}-line-${line}.ts`);
      fs.writeFileSync(file, source);
      return file;
    });
  });
  console.log(`  ${files.length} code blocks`);
  const tsc = path.join(consumer, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022', '--module', 'node16', '--types', 'node'];
  run(consumer, process.execPath, [tsc, ...options, ...files]);
}

/** Generates the code of each language, without its compilers. */
function generateLanguages(work: string, names: string[]): void {
  const outdir = path.join(work, 'languages');
  fs.mkdirSync(outdir);
  const extensions = { python: '.py', java: '.java', dotnet: '.cs', go: '.go' };
  const targets = Object.keys(extensions).flatMap((language) => ['--target', language]);
  run(ROOT, path.join(ROOT, 'node_modules', '.bin', 'jsii-pacmak'), ['--code-only', '--no-npmignore', '--outdir', outdir, ...targets]);
  for (const [language, extension] of Object.entries(extensions)) {
    const files = fs.readdirSync(path.join(outdir, language), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith(extension));
    if (files.length === 0) throw new Error(`no ${extension} file was generated for ${language}`);
    const text = files.map((file) => fs.readFileSync(path.join(outdir, language, file), 'utf8')).join('\n');
    const absent = names.filter((name) => !text.includes(name));
    if (absent.length > 0) throw new Error(`${language} has no ${absent.join(', ')}`);
    console.log(`  ${language}: ${files.length} files`);
  }
}

function run(cwd: string, command: string, args: string[]): string {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${path.basename(command)} ${args[0]} failed:\n${stdout ?? ''}${stderr ?? ''}`);
  }
}

function timed<T>(name: string, step: () => T): T {
  const start = Date.now();
  console.log(`packaging: ${name}`);
  const result = step();
  console.log(`  done in ${((Date.now() - start) / 1000).toFixed(1)} s`);
  return result;
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
