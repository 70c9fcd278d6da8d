import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { SPEC_METADATA } from '../../../src/shipping/publish-spec';

/** What a synthesis has written, by path. */
export interface AssemblyFiles {
  readonly [file: string]: unknown;
}

/** They tell how the app was run: its language's stack traces, the CDK's own versions. */
const ABOUT_THE_RUN = ['tree.json', 'manifest.json', 'cdk.out', 'validation-report.json'];

/** All that a deploy would take: templates and specs in full, anything else as its hash. */
export function assemblyFiles(folder: string): AssemblyFiles {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const paths = files.map(file => path.relative(folder, path.join(file.parentPath, file.name)));
  const shipped = paths.filter(file => !ABOUT_THE_RUN.includes(file)).sort();
  return Object.fromEntries(shipped.map(file => [file, contentOf(file, readFileSync(path.join(folder, file)))]));
}

function contentOf(file: string, bytes: Buffer): unknown {
  if (file.endsWith('.metadata.json')) return specsOf(JSON.parse(bytes.toString()));
  if (file.endsWith('.template.json')) return JSON.parse(bytes.toString());
  return createHash('sha256').update(bytes).digest('hex');
}

function specsOf(metadata: Record<string, { readonly type: string; readonly data?: unknown }[]>): Record<string, unknown> {
  const specs = Object.entries(metadata).map(([node, entries]) => [node, entries.find(({ type }) => type === SPEC_METADATA)?.data]);
  return Object.fromEntries(specs.filter(([, spec]) => spec !== undefined));
}
