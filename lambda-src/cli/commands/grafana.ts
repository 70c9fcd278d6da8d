import { Command, Option } from 'commander';
import { GrafanaApi } from '../../grafana/push/grafana-api';
import { pushDashboards } from '../../grafana/push/push-dashboards';
import { chooseGrafanaFiles, copyGrafanaFiles } from '../grafana-folder';

interface AppOptions {
  readonly app: string;
  readonly pipeline?: string;
}

interface PushOptions extends AppOptions {
  readonly url: string;
  readonly tokenEnv: string;
  readonly region?: string;
  readonly role?: string;
  readonly authProvider: string;
}

export function grafanaCommand(): Command {
  const command = new Command('grafana').description('the Grafana files of a pipeline of a synthesized app');
  withApp(command.command('files', { isDefault: true }))
    .description('copy them to a folder: docker compose up in it starts Grafana')
    .requiredOption('--out <folder>', 'an empty or new folder, or one of an earlier copy, whose files are replaced')
    .action(({ app, pipeline, out }: AppOptions & { readonly out: string }) => {
      copyGrafanaFiles(chooseGrafanaFiles(app, pipeline), out);
      process.stdout.write(`The Grafana files are in ${out}; its README.md says how to start.\n`);
    });
  withApp(command.command('push'))
    .description('put data source and dashboards into a running Grafana, such as Grafana Cloud or Amazon Managed Grafana, by its HTTP API')
    .requiredOption('--url <url>', "Grafana's address")
    .option('--token-env <name>', 'environment variable that holds the token of a service account with the role Admin', 'GRAFANA_TOKEN')
    .option('--region <region>', 'where the pipeline is deployed', process.env.AWS_REGION)
    .option('--role <arn>', 'role that Grafana is to assume', process.env.ATHENA_ROLE_ARN)
    .addOption(new Option('--auth-provider <provider>', "whose credentials Grafana takes; 'ec2_iam_role' is the role of a managed workspace")
      .choices(['default', 'ec2_iam_role', 'grafana_assume_role']).default('default'))
    .action(async (options: PushOptions, self: Command) => {
      const token = process.env[options.tokenEnv];
      if (!token) self.error(`error: the environment variable ${options.tokenEnv} is empty; put the token of a Grafana service account there`);
      const folder = chooseGrafanaFiles(options.app, options.pipeline);
      const { region, role, authProvider } = options;
      const done = await pushDashboards(folder, { region, role, authProvider }, new GrafanaApi(options.url, token));
      process.stdout.write(done.map(line => `${line}\n`).join(''));
    });
  return command;
}

function withApp(command: Command): Command {
  return command
    .option('--app <folder>', 'the cloud assembly that `npx cdk synth` wrote', 'cdk.out')
    .option('--pipeline <path>', 'construct path of the pipeline, if the app has several');
}
