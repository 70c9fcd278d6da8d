import { assertRunsLocally } from '../../lambda-src/local/check-local';
import { BOOLEAN } from '../../src/expression/sql-type';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { EVERY_TYPE_PIPELINE } from './every-type';

describe('before a local run', () => {
  test('a pipeline whose expressions all have a proven meaning here passes', () => {
    expect(() => assertRunsLocally(EVERY_TYPE_PIPELINE)).not.toThrow();
  });

  test('every expression that only Athena can run is named with its place', () => {
    const only = { text: 'geometry_union(text)', type: BOOLEAN, tree: { kind: 'call' as const, name: 'geometry_union', arguments: [] } };
    const { facts } = EVERY_TYPE_PIPELINE.tables;
    const spec: PipelineSpec = {
      ...EVERY_TYPE_PIPELINE,
      tables: { ...EVERY_TYPE_PIPELINE.tables, facts: { ...facts, expectations: { united: { action: 'warn', predicate: only } } } },
      gold: { figures: { ...EVERY_TYPE_PIPELINE.gold.figures, where: only } },
    };
    expect(() => assertRunsLocally(spec)).toThrow(/tables\.facts\.expectations\.united, geometry_union\(text\): .*geometry_union.*\n- gold\.figures\.where, geometry_union/);
  });
});
