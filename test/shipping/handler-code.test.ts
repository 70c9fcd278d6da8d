import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { HANDLER_ASSETS } from '../../src/shipping/handler-assets';
import { handlerCode, handlerHash, MissingHandlerError } from '../../src/shipping/handler-code';

const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'handlers-'));
const stack = new Stack(new App({ outdir }), 'Shop');
const folders = () => fs.readdirSync(path.join(outdir, 'medallion'));
afterAll(() => fs.rmSync(outdir, { recursive: true }));

test('a handler is shipped with its spec, and nothing of the making stays', () => {
  handlerCode(stack, 'gold', '{"spec":1}');
  expect(folders()).toEqual([`gold-${handlerHash('gold', '{"spec":1}')}`]);
  const [folder] = folders().map(name => path.join(outdir, 'medallion', name));
  expect(fs.readdirSync(folder).sort()).toEqual(['gold.js', 'pipeline.json']);
  expect(fs.readFileSync(path.join(folder, 'pipeline.json'), 'utf8')).toBe('{"spec":1}');
  // What a Lambda unpacks must be readable by the user it runs as.
  expect(fs.statSync(folder).mode.toString(8)).toMatch(/755$/);
});

test('the same handler with the same spec is shipped once', () => {
  const before = folders().length;
  handlerCode(stack, 'gold', '{"spec":1}');
  expect(folders()).toHaveLength(before);
});

test('another spec is another asset, and so is another handler', () => {
  const hashes = [handlerHash('gold', '{}'), handlerHash('gold', '{"spec":1}'), handlerHash('silver', '{}')];
  expect(new Set(hashes).size).toBe(3);
});

test('a package without its handlers says how to mend it', () => {
  jest.replaceProperty(HANDLER_ASSETS, 'gold', 'nothing' as 'gold');
  expect(() => handlerCode(stack, 'gold', '{}')).toThrow(MissingHandlerError);
  expect(() => handlerCode(stack, 'gold', '{}')).toThrow('npm run bundle');
  jest.restoreAllMocks();
});
