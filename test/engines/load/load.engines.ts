import { setTimeout } from 'node:timers/promises';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SSMClient } from '@aws-sdk/client-ssm';
import { findDeployedPipeline } from '../../../lambda-src/aws/find-deployed-pipeline';
import type { DeployedPipeline } from '../../../src/spec/deployed-pipeline';
import { app, bootstrap, cdk } from '../example/commands';
import { RawAthena } from '../lake/raw-athena';
import { readLake, type ReaderReport } from '../readers/read-lake';
import { connection } from '../stack/connection';
import { orderEmulator } from '../stack/emulator';
import { Writer } from './writer';

/** `npm run test:engines -- --load` writes for ten minutes. */
const SECONDS = Number(process.env.ENGINES_LOAD_SECONDS ?? 60);

interface LoadReport extends ReaderReport {
  readonly bronzeFiles: number;
}

jest.setTimeout((SECONDS + 900) * 1000);

test(`writes for ${SECONDS} seconds at the rate that holds: all of it arrives, and Silver keeps up`, async () => {
  await bootstrap();
  await cdk('deploy', 'Load', '--require-approval', 'never', ...app('test/engines/load/app.ts', 'cdk.out.load'));
  const deployed = await findDeployedPipeline(new SSMClient({}), 'load');
  const { source: { tableName } } = deployed.tables.orders;
  const writer = new Writer(tableName, () => orderEmulator<number>(connection().emulator, 'backlog', { table: tableName }));
  const start = Date.now();
  const working = { goesOn: true };
  const lags: number[] = [];
  const refreshing = (async () => {
    while (working.goesOn) {
      await setTimeout(2000);
      await refresh(deployed);
      const newest = await newestIn(deployed);
      if (newest !== undefined) lags.push(Date.now() - newest);
    }
  })();
  await writer.write(SECONDS * 1000);
  const writing = Date.now() - start;
  working.goesOn = false;
  await refreshing;
  const report = await settled(deployed);
  const everything = Date.now() - start;
  console.log([
    `${writer.changes} changes in ${(writing / 1000).toFixed(0)} s: ${(writer.changes * 1000 / writing).toFixed(0)} a second written`,
    `${(writer.changes * 1000 / everything).toFixed(0)} a second from the first write until the last was in Gold (${(everything / 1000).toFixed(0)} s)`,
    `the newest change in Silver was ${spread(lags)} old at the end of ${lags.length} runs`,
    `${report.rows['silver.orders']} rows, ${report.bronzeFiles} Bronze files, ${report.files['silver.orders']} files in Silver`,
  ].join('\n'));
  const { sent, inBronze, lost } = report.events!.orders;
  expect({ inBronze, lost }).toEqual({ inBronze: sent, lost: [] });
  expect(sent).toBeGreaterThan(writer.changes * 0.9); // a delete of what is not there changes nothing
  expect(report.differences).toEqual([]);
  expect(report.comparisons['silver.orders']).toBeGreaterThan(SECONDS);
});

/** Silver, and Gold after it, as the schedules would start them. */
async function refresh(deployed: DeployedPipeline): Promise<void> {
  const lambda = new LambdaClient({ maxAttempts: 1, requestHandler: { requestTimeout: 15 * 60 * 1000 } });
  for (const stage of ['silver', 'gold']) {
    const { FunctionError: error, Payload: payload } = await lambda.send(new InvokeCommand({ FunctionName: deployed.functions[stage] }));
    if (error !== undefined) throw new Error(`${stage}: ${new TextDecoder().decode(payload)}`);
  }
}

/** When the latest change was written that Silver has, if it has any; epoch milliseconds. */
async function newestIn({ databases }: DeployedPipeline): Promise<number | undefined> {
  const [{ newest }] = await new RawAthena(databases.silver).rows(`SELECT max(written_at) AS newest FROM "${databases.silver}"."orders"`);
  return newest === null ? undefined : Number(newest);
}

/** Until all that was written is in Gold. */
async function settled(deployed: DeployedPipeline): Promise<LoadReport> {
  const { events } = await readLake('load', deployed, ['streamed']);
  for (let start = 1; ; start++) {
    await refresh(deployed);
    const report = await readLake<LoadReport>('load', deployed, ['tables']);
    if (report.differences.length === 0 || start === 3) return { ...report, events };
  }
}

function spread(lags: readonly number[]): string {
  const sorted = [...lags].sort((left, right) => left - right);
  const at = (share: number): string => `${((sorted[Math.floor((sorted.length - 1) * share)] ?? 0) / 1000).toFixed(0)} s`;
  return `${at(0.5)} (median), ${at(1)} (longest)`;
}
