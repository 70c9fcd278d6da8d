import Ajv, { type ValidateFunction } from 'ajv';
import { App, Stack } from 'aws-cdk-lib';
import { parse } from 'yaml';
import type { DashboardJson } from '../../lambda-src/grafana/dashboard-json';
import { renderGrafanaFiles } from '../../lambda-src/grafana/render-files';
import type { PipelineDefinition } from '../../src';
import { compilePipeline } from '../../src/spec/compile-pipeline';
import type { GrafanaDeployment, GrafanaFiles } from '../../src/spec/grafana-files';
import { ecommerceDefinition } from '../helpers/ecommerce-definition';
import { everyPanel } from '../helpers/every-panel';
import { CUSTOM_FIELDS, dashboardValidator, faults, PANEL_TYPES, panelValidator } from '../helpers/grafana-schemas';

const DEPLOYMENT: GrafanaDeployment = { name: 'shop_prod', workgroup: 'shop_prod', goldDatabase: 'shop_prod_gold' };

function filesOf(definition: PipelineDefinition, deployment: Partial<GrafanaDeployment> = {}): GrafanaFiles {
  return renderGrafanaFiles(compilePipeline(new Stack(new App(), 'Shop'), definition, 'shop_prod').spec, { ...DEPLOYMENT, ...deployment });
}

function dashboardOf(files: GrafanaFiles, uid: string): DashboardJson {
  return JSON.parse(files[`dashboards/${uid}.json`]) as DashboardJson;
}

const TARGET = {
  type: 'object',
  additionalProperties: false,
  required: ['refId', 'datasource', 'rawSQL', 'format', 'connectionArgs'],
  properties: {
    refId: { const: 'A' },
    datasource: { const: { type: 'grafana-athena-datasource', uid: 'shop_prod' } },
    rawSQL: { type: 'string', pattern: '^SELECT' },
    format: { enum: [0, 1] },
    connectionArgs: {
      type: 'object',
      additionalProperties: false,
      required: ['region', 'catalog', 'database', 'resultReuseEnabled', 'resultReuseMaxAgeInMinutes'],
      properties: {
        region: { const: '__default' },
        catalog: { const: '__default' },
        database: { const: '__default' },
        resultReuseEnabled: { const: true },
        resultReuseMaxAgeInMinutes: { type: 'integer', minimum: 1, maximum: 10_080 },
      },
    },
  },
};

const cases = [['every', everyPanel(), 'everything'], ['the shop', ecommerceDefinition(), 'ecommerce'], ['the default', { ...ecommerceDefinition(), dashboards: undefined }, 'shop_prod']] as const;

describe.each(cases)('%s dashboard', (_, definition, uid) => {
  const dashboard = dashboardOf(filesOf(definition), uid);
  const panels = dashboard.panels.filter(({ type }) => type !== 'row');

  test('is what Grafana takes for one', () => {
    expect(faults(validator('dashboard', dashboardValidator), dashboard)).toEqual([]);
  }, 120_000);

  test('has panels with the options of their kinds', () => {
    for (const { type, options, fieldConfig } of panels) {
      expect(PANEL_TYPES).toContain(type);
      expect(faults(validator(`${type} options`, () => panelValidator(type, 'Options')), options)).toEqual([]);
      if (CUSTOM_FIELDS.includes(type)) {
        expect(faults(validator(`${type} fields`, () => panelValidator(type, 'FieldConfig')), fieldConfig!.defaults.custom)).toEqual([]);
      }
    }
  }, 120_000);

  test('asks as the plugin reads it, for panels and variables', () => {
    const validate = new Ajv().compile(TARGET);
    const targets = [...panels.flatMap(panel => panel.targets ?? []), ...dashboard.templating.list.map(({ query }) => query)];
    expect(targets.length).toBeGreaterThanOrEqual(panels.length);
    for (const target of targets) expect(faults(validate, target)).toEqual([]);
  });

  test('fills the page, and no panel lies on another', () => {
    const places = dashboard.panels.map(({ gridPos }) => gridPos);
    const cells = places.flatMap(({ x, y, w, h }) => Array.from({ length: w * h }, (__, i) => `${x + i % w} ${y + Math.floor(i / w)}`));
    expect(new Set(cells).size).toBe(cells.length);
    expect(places.every(({ x, w }) => x >= 0 && x + w <= 24)).toBe(true);
    for (const top of new Set(places.map(({ y }) => y))) {
      expect(places.filter(({ y }) => y === top).reduce((sum, { w }) => sum + w, 0)).toBe(24);
    }
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  });
});

test('the validators refuse what is wrong', () => {
  const dashboard = dashboardOf(filesOf(everyPanel()), 'everything');
  expect(faults(validator('dashboard', dashboardValidator), { ...dashboard, graphTooltip: 7 })).not.toEqual([]);
  expect(faults(validator('dashboard', dashboardValidator), { ...dashboard, colour: 'red' })).not.toEqual([]);
  const pie = dashboard.panels.find(({ type }) => type === 'piechart')!;
  expect(faults(validator('piechart options', () => panelValidator('piechart', 'Options')), { ...pie.options, pieType: 'doughnut' })).not.toEqual([]);
}, 120_000);

describe('the other files', () => {
  const files = filesOf(ecommerceDefinition(), { region: 'eu-west-1' });

  test('are those of a folder for docker compose', () => {
    expect(Object.keys(files).sort()).toEqual([
      '.env.example', '.gitignore', 'README.md', 'dashboards/ecommerce.json', 'docker-compose.yml', 'lineage.md', 'lineage.svg', 'provisioning/dashboards/medallion.yaml',
      'provisioning/datasources/athena.yaml',
    ]);
    expect(files['README.md'].trim().split('\n')).toHaveLength(3);
  });

  test('say where the data are, and hold no key', () => {
    expect(parse(files['provisioning/datasources/athena.yaml'])).toEqual({
      apiVersion: 1,
      datasources: [{
        uid: 'shop_prod',
        name: 'Gold of shop_prod',
        type: 'grafana-athena-datasource',
        access: 'proxy',
        editable: false,
        jsonData: {
          authType: 'default', defaultRegion: '${AWS_REGION}', catalog: 'AwsDataCatalog', database: 'shop_prod_gold', workgroup: 'shop_prod',
        },
      }],
    });
    expect(Object.values(files).join('\n')).not.toMatch(/accessKey|secretKey|AWS_SECRET_ACCESS_KEY|AWS_ACCESS_KEY_ID/);
  });

  test('start Grafana pinned, for this machine alone, with a password that somebody must choose', () => {
    const { services: { grafana }, volumes } = parse(files['docker-compose.yml']) as { services: { grafana: Record<string, never> }; volumes: object };
    const { image, ports, environment, volumes: mounts, healthcheck } = grafana as unknown as {
      image: string; ports: string[]; environment: Record<string, string>; volumes: string[]; healthcheck: { test: string[] };
    };
    expect(image).toMatch(/^grafana\/grafana:\d+\.\d+\.\d+$/);
    expect(ports.every(port => port.startsWith('127.0.0.1:'))).toBe(true);
    expect(environment.GF_PLUGINS_PREINSTALL_SYNC).toMatch(/^grafana-athena-datasource@\d+\.\d+\.\d+$/);
    expect(environment.GF_SECURITY_ADMIN_PASSWORD).toMatch(/^\$\{GRAFANA_ADMIN_PASSWORD:\?/);
    expect(environment.AWS_REGION).toBe('${AWS_REGION:-eu-west-1}');
    expect(mounts.filter(mount => !mount.endsWith(':ro'))).toEqual(['grafana:/var/lib/grafana']);
    expect(volumes).toHaveProperty('grafana');
    expect(healthcheck.test.at(-1)).toContain('/api/health');
    expect(Object.entries(environment).filter(([, value]) => typeof value !== 'string')).toEqual([]);
    const declared = [...files['.env.example'].matchAll(/^(\w+)=/gm)].map(([, name]) => name);
    expect(declared).toEqual(['GRAFANA_ADMIN_PASSWORD', 'AWS_PROFILE', 'GRAFANA_USER_ID', 'AWS_REGION']);
    for (const name of declared) expect(files['docker-compose.yml']).toContain(`\${${name}`);
  });

  test('mount what they provide where Grafana looks', () => {
    const provider = parse(files['provisioning/dashboards/medallion.yaml']) as { providers: { type: string; options: { path: string } }[] };
    expect(provider.providers.map(({ type, options }) => [type, options.path])).toEqual([['file', '/etc/grafana/dashboards']]);
    expect(files['docker-compose.yml']).toContain('./dashboards:/etc/grafana/dashboards:ro');
    expect(files['docker-compose.yml']).toContain('/etc/grafana/dashboards/ecommerce.json');
  });

  test('name the role to assume, or ask for it', () => {
    const known = filesOf(ecommerceDefinition(), { role: { arn: 'arn:aws:iam::111122223333:role/grafana' } });
    expect(known['provisioning/datasources/athena.yaml']).toContain('assumeRoleArn: ${ATHENA_ROLE_ARN}');
    expect(known['docker-compose.yml']).toContain('${ATHENA_ROLE_ARN:-arn:aws:iam::111122223333:role/grafana}');
    const unknown = filesOf(ecommerceDefinition(), { role: {} });
    expect(unknown['docker-compose.yml']).toContain('${ATHENA_ROLE_ARN:?');
    expect(unknown['.env.example']).toContain('\nATHENA_ROLE_ARN=\n');
  });

  test('are how the tables are made alone, without a dashboard', () => {
    const lineage = ['lineage.svg', 'lineage.md'];
    expect(Object.keys(filesOf({ ...ecommerceDefinition(), dashboards: {} }))).toEqual(lineage);
    expect(Object.keys(filesOf({ tables: ecommerceDefinition().tables }))).toEqual(lineage);
  });
});

const validators = new Map<string, ValidateFunction>();

/** Made from Grafana's types once: it takes seconds. */
function validator(name: string, make: () => ValidateFunction): ValidateFunction {
  const known = validators.get(name) ?? make();
  validators.set(name, known);
  return known;
}
