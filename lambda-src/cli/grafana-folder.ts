import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AssemblyError, choosePipeline, findPipelines } from '../local/find-pipelines';

/** Where a pipeline's Grafana files lie in a cloud assembly. Throws AssemblyError. */
export function chooseGrafanaFiles(app: string, pipeline: string | undefined): string {
  const { path, grafanaFolder } = choosePipeline(findPipelines(app), pipeline);
  if (grafanaFolder === undefined) {
    throw new AssemblyError(`${path} has no dashboard, and so no Grafana files; declare one, or leave \`dashboards\` out and have one made from the Gold tables`);
  }
  return grafanaFolder;
}

/** Always among the files, and in no other folder: it tells a folder that an earlier copy has made. */
const OWN_FILE = join('provisioning', 'dashboards', 'medallion.yaml');

/** Copies the files to a folder of their own. Throws AssemblyError for one that holds anything else but the settings in `.env`. */
export function copyGrafanaFiles(folder: string, out: string): void {
  const present = existsSync(out) ? readdirSync(out).filter(name => name !== '.env') : [];
  if (present.length > 0 && !existsSync(join(out, OWN_FILE))) {
    throw new AssemblyError(`${out} holds other files (${present.slice(0, 3).join(', ')}), which would mix with Grafana's; name an empty or a new folder with --out`);
  }
  cpSync(folder, out, { recursive: true });
}
