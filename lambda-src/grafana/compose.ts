import type { GrafanaDeployment } from '../../src/spec/grafana-files';
import { ATHENA_PLUGIN } from './athena-target';
import type { JsonObject } from './json';

/** Pinned, so that a dashboard looks tomorrow as it does today. */
const IMAGE = 'grafana/grafana:13.2.2';
const PLUGIN_VERSION = '3.3.3';

export const MOUNTS = { provisioning: '/etc/grafana/provisioning', dashboards: '/etc/grafana/dashboards' } as const;

/** What `docker compose up` starts. `home`: the dashboard that Grafana opens with. */
export function composeJson({ name, region, role }: GrafanaDeployment, home: string): JsonObject {
  return {
    name: `grafana-${name}`.replaceAll('_', '-'),
    services: {
      grafana: {
        image: IMAGE,
        // Whose ~/.aws is mounted; group 0 owns Grafana's own folders.
        user: '${GRAFANA_USER_ID:-1000}:0',
        // This machine alone.
        ports: ['127.0.0.1:${GRAFANA_PORT:-3000}:3000'],
        environment: {
          AWS_REGION: region === undefined ? '${AWS_REGION:?set AWS_REGION in .env}' : `\${AWS_REGION:-${region}}`,
          AWS_PROFILE: '${AWS_PROFILE:-default}',
          ...(role && { ATHENA_ROLE_ARN: role.arn === undefined ? '${ATHENA_ROLE_ARN:?set ATHENA_ROLE_ARN in .env}' : `\${ATHENA_ROLE_ARN:-${role.arn}}` }),
          GF_SECURITY_ADMIN_PASSWORD: '${GRAFANA_ADMIN_PASSWORD:?set GRAFANA_ADMIN_PASSWORD in .env}',
          // Grafana starts when the plugin is there, and not before.
          GF_PLUGINS_PREINSTALL_SYNC: `${ATHENA_PLUGIN}@${PLUGIN_VERSION}`,
          GF_PLUGINS_PREINSTALL_AUTO_UPDATE: 'false',
          // Plugins see nothing of the environment else, not even AWS_PROFILE.
          GF_PLUGINS_FORWARD_HOST_ENV_VARS: ATHENA_PLUGIN,
          GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: `${MOUNTS.dashboards}/${home}`,
          GF_ANALYTICS_REPORTING_ENABLED: 'false',
          GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
        },
        volumes: [
          `./provisioning:${MOUNTS.provisioning}:ro`,
          `./dashboards:${MOUNTS.dashboards}:ro`,
          '${AWS_FOLDER:-${HOME}/.aws}:/usr/share/grafana/.aws:ro',
          'grafana:/var/lib/grafana',
        ],
        healthcheck: {
          test: ['CMD-SHELL', 'wget -q -O /dev/null http://localhost:3000/api/health || exit 1'],
          interval: '10s',
          timeout: '5s',
          retries: 12,
          start_period: '60s',
        },
        restart: 'unless-stopped',
      },
    },
    volumes: { grafana: {} },
  };
}

/** What a user copies to `.env`. */
export function envExample({ region, role }: GrafanaDeployment): string {
  return [
    '# Of the user "admin"; there is no default.',
    'GRAFANA_ADMIN_PASSWORD=',
    '',
    '# A profile of ~/.aws, which Grafana reads and cannot write; for SSO run: aws sso login --profile <profile>',
    'AWS_PROFILE=default',
    '# Who may read that folder: what `id -u` says.',
    'GRAFANA_USER_ID=1000',
    '',
    '# Where the pipeline is deployed.',
    `AWS_REGION=${region ?? ''}`,
    ...role ? [
      '',
      '# The role in which Grafana queries, as the output GrafanaRoleArn of its stack says.',
      `ATHENA_ROLE_ARN=${role.arn ?? ''}`,
    ] : [],
    '',
  ].join('\n');
}
