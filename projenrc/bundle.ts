import * as fs from 'node:fs';
import * as path from 'node:path';
import { build } from 'esbuild';
import { HANDLER_ASSETS } from '../src/shipping/handler-assets';

const ROOT = path.join(__dirname, '..');

/** One folder of assets/: each entry becomes `assets/<name>/<entry>.js`. */
export interface Bundle {
  readonly name: string;
  readonly entries: { readonly [entry: string]: string };
  /** Modules found at run time instead of bundled. */
  readonly external?: string[];
  /** Where it runs; Node.js if undefined. */
  readonly platform?: 'browser';
}

/** What a module reads from its own folder with `__dirname`, so it must lie beside the bundle that swallowed the module. */
const COMPANIONS: Record<string, string> = {
  'parquet-wasm/node/parquet_wasm.js': 'parquet_wasm_bg.wasm',
};

/** Bundles the entries into one folder; the same input gives the same bytes, wherever the project lies. */
export async function bundleEntries({ entries, external, platform }: Bundle, outDir: string): Promise<void> {
  const result = await build({
    absWorkingDir: ROOT,
    entryPoints: entries,
    outdir: outDir,
    // Named, since esbuild would else pick up the tsconfig.json that jsii leaves behind.
    tsconfig: 'tsconfig.dev.json',
    bundle: true,
    ...platform === 'browser' ? { platform, target: 'es2022', format: 'iife' } : { platform: 'node', target: 'node20', format: 'cjs' },
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    external,
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  fs.mkdirSync(outDir, { recursive: true });
  for (const file of result.outputFiles) writeIfChanged(path.join(outDir, path.basename(file.path)), file.contents);
  const companions = companionsOf(Object.keys(result.metafile.inputs));
  for (const file of companions) writeIfChanged(path.join(outDir, path.basename(file)), fs.readFileSync(file));
  const expected = new Set([...result.outputFiles.map(file => file.path), ...companions].map(file => path.basename(file)));
  for (const file of fs.readdirSync(outDir)) if (!expected.has(file)) fs.rmSync(path.join(outDir, file), { recursive: true });
}

/** Every handler under lambda-src, the parser and the emitter used at synth, and the command line. */
function bundles(): Bundle[] {
  return [
    ...handlers(),
    { name: 'expression-parser', entries: { index: 'lambda-src/sql/parser/parse-expression.ts' } },
    { name: 'grafana', entries: { index: 'lambda-src/grafana/render-files.ts' } },
    { name: 'cli', entries: { index: 'lambda-src/cli/cli.ts' }, external: ['@duckdb/node-api'] },
    { name: 'page', entries: { page: 'lambda-src/page/browser/page.ts' }, platform: 'browser' },
  ];
}

function handlers(): Bundle[] {
  const found = fs.readdirSync(path.join(ROOT, 'lambda-src'), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.lambda.ts'))
    .map(file => [path.basename(file, '.lambda.ts'), path.posix.join('lambda-src', ...file.split(path.sep))] as const);
  const sources = new Map<string, string>(found);
  const known = Object.keys(HANDLER_ASSETS);
  const unlisted = [...sources.keys()].filter(handler => !known.includes(handler));
  const missing = known.filter(handler => !sources.has(handler));
  if (unlisted.length + missing.length > 0) {
    throw new Error(`src/shipping/handler-assets.ts and the *.lambda.ts files differ: ${[...unlisted, ...missing].join(', ')}`);
  }
  const names = [...new Set(Object.values(HANDLER_ASSETS))].sort();
  return names.map(name => {
    const together = Object.entries(HANDLER_ASSETS).filter(([, asset]) => asset === name);
    return { name, entries: Object.fromEntries(together.map(([handler]) => [handler, sources.get(handler)!])) };
  });
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
  await Promise.all(all.map((bundle) => bundleEntries(bundle, path.join(assets, bundle.name))));
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
