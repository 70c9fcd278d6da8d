import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import { createGenerator } from 'ts-json-schema-generator';

const TYPES = path.join(__dirname, '..', '..', 'node_modules', '@grafana', 'schema', 'dist', 'types', 'raw');

/** Where Grafana keeps the options of a panel; the dial's file is that of the newer dial too. */
export const PANEL_TYPES = ['piechart', 'barchart', 'bargauge', 'timeseries', 'stat', 'gauge', 'table'] as const;

/** Panels with settings for single fields. */
export const CUSTOM_FIELDS: readonly string[] = ['barchart', 'timeseries'];

/** What Grafana's own types say of a dashboard, as a validator. */
export function dashboardValidator(): ValidateFunction {
  return compiled(schemaOf('dashboard/x/types.gen', 'Dashboard'));
}

/** Of a panel's options, or of what its fields have of their own. Grafana fills in what is missing. */
export function panelValidator(type: string, part: 'Options' | 'FieldConfig'): ValidateFunction {
  return compiled(withoutRequired(schemaOf(`composable/${type}/panelcfg/x/types.gen`, part)));
}

/** Why a value is not as its schema wants it, a line each. */
export function faults(validate: ValidateFunction, value: unknown): string[] {
  return validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
}

/** Under a name that no other package has for one of its types, or the generator would take that one. */
function schemaOf(file: string, type: string): object {
  const folder = mkdtempSync(path.join(tmpdir(), 'grafana-types-'));
  const wrapper = path.join(folder, 'wrapper.ts');
  writeFileSync(wrapper, `import type { ${type} as Wrapped } from '${path.join(TYPES, file)}';\nexport type GrafanaType = Wrapped;\n`);
  try {
    return createGenerator({ path: wrapper, type: 'GrafanaType', skipTypeCheck: true, additionalProperties: false, jsDoc: 'none' }).createSchema('GrafanaType');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function compiled(schema: object): ValidateFunction {
  return new Ajv({ strict: false, allErrors: true }).compile(schema);
}

function withoutRequired(schema: unknown): object {
  return JSON.parse(JSON.stringify(schema, (name, value: unknown) => name === 'required' ? undefined : value)) as object;
}
