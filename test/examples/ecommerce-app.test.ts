import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { SPEC_METADATA } from '../../src/shipping/publish-spec';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';

const ROOT = path.join(__dirname, '..', '..');
let outdir: string;

beforeEach(() => { outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'ecommerce-')); });
afterEach(() => fs.rmSync(outdir, { recursive: true }));

test('the app synthesizes in an empty environment: no credentials, no region, no Docker', () => {
  execFileSync(process.execPath, [path.join(ROOT, 'node_modules', 'tsx', 'dist', 'cli.mjs'), path.join('examples', 'ecommerce', 'app.ts')], {
    cwd: ROOT, env: { CDK_OUTDIR: outdir, CDK_VALIDATION: 'false' },
  });

  const [stack] = new CloudAssembly(outdir, { skipVersionCheck: true }).stacksRecursively;
  const [{ data }] = stack.findMetadataByType(SPEC_METADATA);
  const spec = data as unknown as PipelineSpec;
  expect(Object.keys(spec.tables)).toEqual(['customers', 'orders_enriched', 'products']);
  expect(Object.keys(spec.gold)).toEqual(['daily_sales_by_region', 'key_metrics', 'product_performance']);
  expect(spec.dashboards.ecommerce.panels.map(({ title }) => title))
    .toEqual([
      'Key metrics', 'Recent revenue', 'Revenue', 'Orders', 'Revenue by region', 'Daily revenue', 'Orders by region', 'Average order value', 'Product stock',
      'Stock by category',
    ]);
}, 60_000);
