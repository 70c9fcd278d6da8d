import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { specProblem } from '../state/parse-spec';

/** A pipeline of a synthesized app. */
export interface FoundPipeline {
  /** The construct's path: `Shop/Analytics`. */
  readonly path: string;
  /** From which databases and workgroup derive. */
  readonly name: string;
  readonly spec: PipelineSpec;
  /** File of the template of the stack that it is in. */
  readonly template: string;
  /** Where its Grafana files lie, if it has dashboards. */
  readonly grafanaFolder?: string;
}

/** The cloud assembly is not there, or not one with the pipeline asked for; the message says what to do. */
export class AssemblyError extends Error {
  public readonly name = 'AssemblyError';
}

/** As the construct publishes them (src/shipping/publish-spec.ts, src/grafana/grafana-output.ts). */
const SPEC_TYPE = 'cdk-medallion-analytics:pipeline';
const NAME_TYPE = 'cdk-medallion-analytics:name';
const GRAFANA_TYPE = 'cdk-medallion-analytics:grafana';

interface MetadataEntry {
  readonly type: string;
  readonly data?: unknown;
}

interface Metadata {
  readonly [constructPath: string]: readonly MetadataEntry[];
}

interface Artifact {
  readonly type: string;
  readonly metadata?: Metadata;
  readonly additionalMetadataFile?: string;
  readonly properties?: { readonly directoryName?: string; readonly templateFile?: string };
}

/** Where the metadata stood: the assembly, and the template of the stack. */
interface Place {
  readonly folder: string;
  readonly template: string;
}

/** Every pipeline in a cloud assembly (`cdk.out`), in stages too. It reads plain JSON: no CDK is needed, in no version. */
export function findPipelines(assembly: string): FoundPipeline[] {
  const manifest = path.join(assembly, 'manifest.json');
  if (!existsSync(manifest)) throw new AssemblyError(`${assembly} is no cloud assembly (it has no manifest.json); write one with: npx cdk synth --output ${assembly}`);
  const found = new Map(pipelinesBelow(assembly).map(pipeline => [pipeline.path, pipeline]));
  return [...found.values()].sort((left, right) => left.path < right.path ? -1 : 1);
}

/** The pipeline with that path, or the only one. */
export function choosePipeline(pipelines: readonly FoundPipeline[], wanted: string | undefined): FoundPipeline {
  const paths = pipelines.map(pipeline => `  ${pipeline.path}`).join('\n');
  if (pipelines.length === 0) throw new AssemblyError('the app declares no MedallionAnalyticsPipeline; add one and synthesize it again');
  if (wanted === undefined) {
    if (pipelines.length > 1) throw new AssemblyError(`the app declares ${pipelines.length} pipelines; choose one with --pipeline:\n${paths}`);
    return pipelines[0];
  }
  const chosen = pipelines.find(pipeline => pipeline.path === wanted.replace(/^\//, ''));
  if (!chosen) throw new AssemblyError(`the app declares no pipeline ${wanted}; it declares:\n${paths}`);
  return chosen;
}

function pipelinesBelow(folder: string): FoundPipeline[] {
  const { artifacts = {} } = readJson(path.join(folder, 'manifest.json')) as { readonly artifacts?: { readonly [id: string]: Artifact } };
  return Object.values(artifacts).flatMap(artifact => {
    if (artifact.type === 'cdk:cloud-assembly' && artifact.properties?.directoryName) return pipelinesBelow(path.join(folder, artifact.properties.directoryName));
    const further = artifact.additionalMetadataFile ? readJson(path.join(folder, artifact.additionalMetadataFile)) as Metadata : {};
    const place: Place = { folder, template: path.join(folder, artifact.properties?.templateFile ?? '') };
    return [...pipelinesIn(artifact.metadata ?? {}, place), ...pipelinesIn(further, place)];
  });
}

function pipelinesIn(metadata: Metadata, { folder, template }: Place): FoundPipeline[] {
  return Object.entries(metadata).flatMap(([constructPath, entries]) => entries
    .filter(({ type }) => type === SPEC_TYPE)
    .map(({ data }) => ({
      path: constructPath.replace(/^\//, ''),
      name: entries.find(({ type }) => type === NAME_TYPE)?.data as string,
      spec: readable(data, constructPath),
      template,
      ...grafanaFolder(folder, entries),
    })));
}

function grafanaFolder(assembly: string, entries: readonly MetadataEntry[]): Pick<FoundPipeline, 'grafanaFolder'> {
  const grafana = entries.find(({ type }) => type === GRAFANA_TYPE)?.data as { readonly folder: string } | undefined;
  return grafana ? { grafanaFolder: path.join(assembly, grafana.folder) } : {};
}

function readable(data: unknown, constructPath: string): PipelineSpec {
  const problem = specProblem(data, constructPath);
  if (problem !== undefined) throw new AssemblyError(problem);
  return data as PipelineSpec;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new AssemblyError(`${file} cannot be read (${(error as Error).message}); synthesize the app again`);
  }
}
