import * as fs from 'node:fs';
import * as path from 'node:path';
import { build } from 'esbuild';

const ROOT = path.join(__dirname, '..');

/** One bundle: `entry` becomes `assets/<name>/index.js`. */
export interface Bundle {
  readonly name: string;
  readonly entry: string;
  /** Modules found at run time instead of bundled. */
  readonly external?: string[];
}

const CLI: Bundle = { name: 'cli', entry: 'lambda-src/local/cli.ts', external: ['@duckdb/node-api'] };

/** What a module reads from its own folder with `__dirname`, so it must lie beside the bundle that swallowed the module. */
const COMPANIONS: Record<string, string> = {
  'parquet-wasm/node/parquet_wasm.js': 'parquet_wasm_bg.wasm',
};

/** Bundles one entry into `<outDir>/index.js`; the same input gives the same bytes, wherever the project lies. */
export async function bundleEntry(bundle: Bundle, outDir: string): Promise<void> {
  const result = await build({
    absWorkingDir: ROOT,
    entryPoints: [bundle.entry],
    outfile: path.join(outDir, 'index.js'),
    // Named, since esbuild would else pick up the tsconfig.json that jsii leaves behind.
    tsconfig: 'tsconfig.dev.json',
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    external: bundle.external,
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  fs.mkdirSync(outDir, { recursive: true });
  for (const file of result.outputFiles) writeIfChanged(path.join(outDir, path.basename(file.path)), file.contents);
  const companions = companionsOf(Object.keys(result.metafile.inputs));
  for (const file of companions) writeIfChanged(path.join(outDir, path.basename(file)), fs.readFileSync(file));
  const expected = new Set(['index.js', ...companions.map((file) => path.basename(file))]);
  for (const file of fs.readdirSync(outDir)) if (!expected.has(file)) fs.rmSync(path.join(outDir, file), { recursive: true });
}

/** Every handler under lambda-src, the parser used at synth, and the command line. */
export function bundles(): Bundle[] {
  const found: Bundle[] = [
    ...handlers(),
    { name: 'expression-parser', entry: 'lambda-src/sql/parser/parse-expression.ts' },
    CLI,
  ];
  const names = found.map((bundle) => bundle.name);
  const twice = names.filter((name, i) => names.indexOf(name) !== i);
  if (twice.length > 0) throw new Error(`two bundles would both become assets/${twice[0]}: a folder holds one *.lambda.ts`);
  return found;
}

function handlers(): Bundle[] {
  const folder = path.join(ROOT, 'lambda-src');
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.lambda.ts'))
    .sort()
    .map((file) => ({ name: path.basename(path.dirname(file)), entry: path.posix.join('lambda-src', ...file.split(path.sep)) }));
}

function companionsOf(inputs: string[]): string[] {
  return Object.entries(COMPANIONS).flatMap(([module, companion]) => inputs
    .filter((input) => input.endsWith(`node_modules/${module}`))
    .map((input) => path.join(ROOT, path.dirname(input), companion)));
}

function writeIfChanged(file: string, contents: Uint8Array): void {
  if (fs.existsSync(file) && fs.readFileSync(file).equals(contents)) return;
  fs.writeFileSync(file, contents);
}

async function main(): Promise<void> {
  const start = Date.now();
  const assets = path.join(ROOT, 'assets');
  const all = bundles();
  await Promise.all(all.map((bundle) => bundleEntry(bundle, path.join(assets, bundle.name))));
  fs.mkdirSync(assets, { recursive: true });
  const names = new Set(all.map((bundle) => bundle.name));
  for (const name of fs.readdirSync(assets)) if (!names.has(name)) fs.rmSync(path.join(assets, name), { recursive: true });
  console.log(`bundled ${all.map((bundle) => bundle.name).join(', ')} in ${((Date.now() - start) / 1000).toFixed(2)} s`);
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
