import { createRequire } from 'node:module';
import * as path from 'node:path';
import type { RenderGrafanaFiles } from '../spec/grafana-files';

/** The same two folders up from src/ and from lib/. */
const BUNDLE = path.join(__dirname, '..', '..', 'assets', 'grafana');

/** The bundled emitter is not where the package should have it. */
export class GrafanaRendererMissingError extends Error {
  public readonly name = 'GrafanaRendererMissingError';
}

let loaded: RenderGrafanaFiles | undefined;

/** It is read only when an app has a dashboard. */
export function loadGrafanaRenderer(): RenderGrafanaFiles {
  loaded ??= requireRenderer();
  return loaded;
}

function requireRenderer(): RenderGrafanaFiles {
  try {
    return (createRequire(__filename)(BUNDLE) as { renderGrafanaFiles: RenderGrafanaFiles }).renderGrafanaFiles;
  } catch (error) {
    throw new GrafanaRendererMissingError(`what writes the Grafana files cannot be loaded from ${BUNDLE} (${String(error)}). `
      + 'Fix: install the package again, or run `npm run bundle` in a checkout');
  }
}
