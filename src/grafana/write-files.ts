import * as fs from 'node:fs';
import * as path from 'node:path';
import type { GrafanaFiles } from '../spec/grafana-files';

/** The Grafana files cannot be written; the message says where and what to do. */
export class GrafanaOutputError extends Error {
  public readonly name = 'GrafanaOutputError';
}

const DASHBOARDS = 'dashboards';
/** Every dashboard that is written has it. */
const TAG = 'cdk-medallion-analytics';

/** Writes what has changed, and removes dashboards that an earlier synth has written and this one has not. Throws GrafanaOutputError. */
export function writeGrafanaFiles(folder: string, files: GrafanaFiles): void {
  try {
    for (const [name, text] of Object.entries(files)) writeIfChanged(path.join(folder, name), text);
    removeFormer(folder, files);
  } catch (error) {
    throw new GrafanaOutputError(`the Grafana files cannot be written to ${path.resolve(folder)} (${(error as Error).message}). `
      + 'Fix: name a folder that may be written as grafana.directory, or leave it out: the cloud assembly holds them too');
  }
}

function writeIfChanged(file: string, text: string): void {
  if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === text) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

function removeFormer(folder: string, files: GrafanaFiles): void {
  const dashboards = path.join(folder, DASHBOARDS);
  if (!fs.existsSync(dashboards)) return;
  for (const name of fs.readdirSync(dashboards)) {
    if (name.endsWith('.json') && !(`${DASHBOARDS}/${name}` in files) && isOurs(path.join(dashboards, name))) fs.rmSync(path.join(dashboards, name));
  }
}

function isOurs(file: string): boolean {
  try {
    const { tags } = JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly tags?: unknown };
    return Array.isArray(tags) && tags.includes(TAG);
  } catch {
    return false;
  }
}
