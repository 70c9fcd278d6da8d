import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import { createGenerator, type SchemaGenerator } from 'ts-json-schema-generator';

const TYPES = path.join(__dirname, '..', '..', 'node_modules', '@grafana', 'schema', 'dist', 'types', 'raw');

const DASHBOARD = 'GrafanaTypeDashboard';

/** Where Grafana keeps the options of a panel; the dial's file is that of the newer dial too. */
export const PANEL_TYPES = ['piechart', 'barchart', 'bargauge', 'timeseries', 'stat', 'gauge', 'table'] as const;

/** Panels with settings for single fields. */
export const CUSTOM_FIELDS: readonly string[] = ['barchart', 'timeseries'];

/** What Grafana's own types say of a dashboard, as a validator. */
export function dashboardValidator(): ValidateFunction {
  return compiled(schemaOf(DASHBOARD));
}

/** Of a panel's options, or of what its fields have of their own. Grafana fills in what is missing. */
export function panelValidator(type: string, part: 'Options' | 'FieldConfig'): ValidateFunction {
  return compiled(withoutRequired(schemaOf(nameOf(type, part))));
}

/** Why a value is not as its schema wants it, a line each. */
export function faults(validate: ValidateFunction, value: unknown): string[] {
  return validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
}

let generator: SchemaGenerator | undefined;

function schemaOf(name: string): object {
  generator ??= generatorOfAll();
  return generator.createSchema(name);
}

/** One for all types, since each reads all of Grafana's; under names that no other package has, or it would take those. */
function generatorOfAll(): SchemaGenerator {
  const folder = mkdtempSync(path.join(tmpdir(), 'grafana-types-'));
  const wrapper = path.join(folder, 'wrapper.ts');
  const panels = PANEL_TYPES.flatMap(type => [[type, 'Options'], ...CUSTOM_FIELDS.includes(type) ? [[type, 'FieldConfig']] : []]);
  writeFileSync(wrapper, [
    typeUnderName(DASHBOARD, 'Dashboard', 'dashboard/x/types.gen'),
    ...panels.map(([type, part]) => typeUnderName(nameOf(type, part), part, `composable/${type}/panelcfg/x/types.gen`)),
  ].join('\n'));
  try {
    return createGenerator({ path: wrapper, type: '*', skipTypeCheck: true, additionalProperties: false, jsDoc: 'none' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function typeUnderName(name: string, type: string, file: string): string {
  return `import type { ${type} as ${name}Itself } from '${path.join(TYPES, file)}';\nexport type ${name} = ${name}Itself;`;
}

function nameOf(panel: string, part: string): string {
  return `GrafanaType${panel}${part}`;
}

function compiled(schema: object): ValidateFunction {
  return new Ajv({ strict: false, allErrors: true }).compile(schema);
}

function withoutRequired(schema: unknown): object {
  return JSON.parse(JSON.stringify(schema, (name, value: unknown) => name === 'required' ? undefined : value)) as object;
}
