import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { loadSpec } from '../../lambda-src/aws/load-spec';
import { SpecVersionError } from '../../lambda-src/state/parse-spec';
import { SPEC_VERSION } from '../../src/spec/pipeline-spec';

let folder: string;
beforeEach(() => { folder = mkdtempSync(path.join(tmpdir(), 'spec-')); });
afterEach(() => rmSync(folder, { recursive: true }));

function written(spec: unknown): string {
  const file = path.join(folder, 'pipeline.json');
  writeFileSync(file, JSON.stringify(spec));
  return file;
}

test('the spec is what the file says', () => {
  const spec = { specVersion: SPEC_VERSION, timeZone: 'UTC', tables: {}, gold: {}, dashboards: {} };
  expect(loadSpec(written(spec))).toEqual(spec);
});

test.each([[SPEC_VERSION + 1], ['1'], [undefined]])('a spec of version %j is refused with what to do', specVersion => {
  const load = (): unknown => loadSpec(written({ specVersion }));
  expect(load).toThrow(SpecVersionError);
  expect(load).toThrow(/this code knows up to 1: use the version of cdk-medallion-analytics that wrote it/);
});
