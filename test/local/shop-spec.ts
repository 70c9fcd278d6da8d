import { App } from 'aws-cdk-lib';
import { EcommerceStack } from '../../examples/ecommerce/app';
import { choosePipeline, findPipelines } from '../../lambda-src/local/find-pipelines';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';

/** The example's spec, from a cloud assembly that is written to the folder. */
export function shopSpec(folder: string): PipelineSpec {
  const app = new App({ outdir: folder });
  new EcommerceStack(app, 'Ecommerce');
  app.synth();
  return choosePipeline(findPipelines(folder), undefined).spec;
}
