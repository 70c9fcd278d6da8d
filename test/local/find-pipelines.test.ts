import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { App, Stack, Stage } from 'aws-cdk-lib';
import { EcommerceStack } from '../../examples/ecommerce/app';
import { choosePipeline, findPipelines, type FoundPipeline } from '../../lambda-src/local/find-pipelines';
import { temporaryFolder } from '../helpers/temporary-folder';

const folder = temporaryFolder();
const assembly = path.join(folder, 'cdk.out');
let pipelines: FoundPipeline[];

beforeAll(() => {
  const app = new App({ outdir: assembly });
  new EcommerceStack(app, 'Shop');
  const europe = new Stage(new Stage(app, 'World'), 'Europe');
  new EcommerceStack(europe, 'Shop');
  new Stack(app, 'Empty');
  app.synth();
  pipelines = findPipelines(assembly);
});

describe('a cloud assembly', () => {
  test('shows its pipelines, those of stages in stages too, by construct path', () => {
    expect(pipelines.map(pipeline => pipeline.path)).toEqual(['Shop/Analytics', 'World/Europe/Shop/Analytics']);
    for (const { spec } of pipelines) expect(Object.keys(spec.tables)).toEqual(expect.arrayContaining(['customers', 'orders_enriched', 'products']));
  });

  test('must be told which of several pipelines is meant', () => {
    expect(() => choosePipeline(pipelines, undefined)).toThrow('declares 2 pipelines; choose one with --pipeline:\n  Shop/Analytics\n  World/Europe/Shop/Analytics');
    expect(choosePipeline(pipelines, 'World/Europe/Shop/Analytics').path).toBe('World/Europe/Shop/Analytics');
    expect(choosePipeline(pipelines, '/Shop/Analytics').path).toBe('Shop/Analytics');
    expect(() => choosePipeline(pipelines, 'Shop')).toThrow('declares no pipeline Shop; it declares:\n  Shop/Analytics');
  });

  test('without a pipeline says so', () => {
    expect(() => choosePipeline([], undefined)).toThrow('the app declares no MedallionAnalyticsPipeline');
    expect(choosePipeline(pipelines.slice(0, 1), undefined).path).toBe('Shop/Analytics');
  });

  test('of a newer version is refused', () => {
    const newer = changedAssembly('newer', text => text.replaceAll('"specVersion":1', '"specVersion":2').replaceAll('"specVersion": 1', '"specVersion": 2'));
    expect(() => findPipelines(newer)).toThrow('has spec version 2, this code knows up to 1: use the version of cdk-medallion-analytics that wrote it, or a newer one');
  });

  test('that is none, or is broken, is told from its folder', () => {
    expect(() => findPipelines(folder)).toThrow(`${folder} is no cloud assembly (it has no manifest.json); write one with: npx cdk synth`);
    const broken = changedAssembly('broken', text => text.slice(1));
    expect(() => findPipelines(broken)).toThrow('cannot be read');
  });
});

/** A copy of the metadata of one stack, changed. */
function changedAssembly(name: string, change: (text: string) => string): string {
  const target = path.join(folder, name);
  const manifest = JSON.parse(readFileSync(path.join(assembly, 'manifest.json'), 'utf8')) as { artifacts: { [id: string]: { additionalMetadataFile?: string } } };
  const shop = manifest.artifacts.Shop;
  mkdirSync(target);
  writeFileSync(path.join(target, 'manifest.json'), JSON.stringify({ artifacts: { Shop: shop } }));
  const file = shop.additionalMetadataFile!;
  writeFileSync(path.join(target, file), change(readFileSync(path.join(assembly, file), 'utf8')));
  return target;
}
