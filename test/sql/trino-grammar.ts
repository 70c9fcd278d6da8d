import { buildSync } from 'esbuild';

interface Grammar {
  validate(sql: string): readonly { readonly startLine: number; readonly message: string }[];
}

/** Trino's grammar; Node cannot load the package's modules as they are. */
export function loadTrinoGrammar(): Grammar {
  const { outputFiles: [bundle] } = buildSync({
    stdin: { contents: "export { TrinoSQL } from 'dt-sql-parser/dist/parser/trino';", resolveDir: process.cwd() },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    write: false,
    tsconfigRaw: '{}',
  });
  const module = { exports: {} as { TrinoSQL: new () => Grammar } };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- our own bundle, just built
  (new Function('module', 'exports', 'require', bundle.text) as (...parts: unknown[]) => void)(module, module.exports, require);
  return new module.exports.TrinoSQL();
}
