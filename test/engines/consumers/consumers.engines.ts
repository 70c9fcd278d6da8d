import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { runTool } from '../install/run-tool';
import { buildLibrary, type BuiltLibrary } from './built-library';
import { assemblyFiles, type AssemblyFiles } from './cloud-assembly';
import type { Consumer, MakeConsumer } from './consumer';
import { goConsumer } from './go-consumer';
import { javaConsumer } from './java-consumer';
import { pythonConsumer } from './python-consumer';
import { typescriptConsumer } from './typescript-consumer';

const LANGUAGES: readonly (readonly [string, MakeConsumer])[] = [['Python', pythonConsumer], ['Java', javaConsumer], ['Go', goConsumer]];

const COMMAND = 'cdk-medallion-analytics';

let work: string;
let library: BuiltLibrary;
let expected: AssemblyFiles;
let refusal: readonly string[];

jest.setTimeout(2_400_000); // Java's CDK may have to be built

beforeAll(async () => {
  work = mkdtempSync(path.join(process.env.ENGINES_FOLDER ?? tmpdir(), 'consumers-'));
  library = await buildLibrary(work);
  const typescript = typescriptConsumer(work);
  await typescript.synth(path.join(work, 'expected'));
  expected = assemblyFiles(path.join(work, 'expected'));
  refusal = definitionError(await failureOf(typescript));
});

afterAll(() => rmSync(work, { recursive: true, force: true }));

test('TypeScript, the measure of the others, ships two pipelines and refuses the broken one', () => {
  expect(Object.keys(expected)).toEqual(expect.arrayContaining(['Shop.template.json', 'EveryKind.template.json']));
  expect(expected).toMatchObject({
    'Shop.metadata.json': { '/Shop/Analytics': expect.anything() }, 'EveryKind.metadata.json': { '/EveryKind/Analytics': expect.anything() },
  });
  expect(refusal).toHaveLength(6);
});

describe.each(LANGUAGES)('%s', (language, makeConsumer) => {
  let app: Consumer;
  const outdir = (name: string): string => path.join(work, `${name}-${language}`);

  test('installs the package as any other, and compiles against it', async () => {
    app = await makeConsumer(library, work);
  });

  test('makes the templates, specs, functions and dashboards that TypeScript makes', async () => {
    await app.synth(outdir('synth'));
    expect(assemblyFiles(outdir('synth'))).toEqual(expected);
  });

  test('shows every problem of a definition that is refused, on a line of its own', async () => {
    expect(definitionError(await failureOf(app))).toEqual(refusal);
  });
});

test('pip brings the command line along', async () => {
  const parameters = ['sql', '--app', path.join(work, 'expected'), '--pipeline', 'Shop/Analytics'];
  const statements = async (program: string, ...before: string[]): Promise<string> =>
    (await runTool(program, [...before, ...parameters])).replace(/\d/g, '0'); // they say what time it is
  const ours = await statements(process.execPath, path.join(__dirname, '..', '..', '..', 'bin', COMMAND));
  expect(ours).toContain('MERGE INTO');
  expect(await statements(path.join(work, 'python', '.venv', 'bin', COMMAND))).toBe(ours);
});

/** All that a user reads whose definition is refused. */
async function failureOf(app: Consumer): Promise<string> {
  return app.synth(path.join(work, 'refused'), 'broken').then(() => '', String);
}

/** The error's own lines, without what a language puts before and after them. */
function definitionError(output: string): string[] {
  const lines = output.split('\n').map(line => line.replace(/^(\[ERROR\] |\s+|panic: )/, ''));
  const first = lines.findIndex(line => line.includes('the definition of pipeline'));
  const end = lines.findIndex((line, index) => index > first && !/^\S+\.\S+( line \d+ column \d+)?: /.test(line));
  return lines.slice(first, end).map(line => line.replace(/^.*(?=the definition of pipeline)/, ''));
}
