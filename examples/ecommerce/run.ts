import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { Command } from 'commander';
import { endWithReader } from '../../lambda-src/cli/end-with-reader';
import { count, port, seconds, served, watching } from '../../lambda-src/cli/options';
import { choosePipeline, findPipelines } from '../../lambda-src/local/find-pipelines';
import { run } from '../../lambda-src/local/run-command';
import { SimulatedSource } from '../../lambda-src/local/source/simulated-source';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { changesOfShop, existingShop, nextDay, nextDayOrders, openShop, type ShopSize } from './generator';
import { LiveShop } from './live-shop';

interface ExampleOptions extends ShopSize {
  readonly out: string;
  readonly existing?: true;
  readonly simulateUpdates?: true;
  readonly serve?: true;
  readonly port: number;
  readonly watch?: true;
  readonly beat: number;
}

const APP = path.join(__dirname, 'app.ts');
const TSX = path.join(__dirname, '..', '..', 'node_modules', '.bin', 'tsx');
/** Only the spec is read; checking the templates against CloudFormation's schemas takes seconds. */
const NO_TEMPLATE_CHECKS = { CDK_VALIDATION: 'false' };
const FIRST_QUERY = 'SELECT region, sum(total_revenue) AS revenue FROM gold.daily_sales_by_region GROUP BY region ORDER BY revenue DESC;';

endWithReader(process.stdout);

const program = new Command('npm run example --')
  .description('Runs the e-commerce pipeline of examples/ecommerce on this machine, without an AWS account.')
  .option('--customers <number>', 'customers in the shop', count, 100)
  .option('--products <number>', 'products in the shop', count, 50)
  .option('--orders <number>', 'orders of the last 90 days', count, 500)
  .option('--updates <number>', 'items that change afterwards', count, 100)
  .option('--deletes <number>', 'items that are deleted afterwards', count, 20)
  .option('--existing', 'the items are older than the streams: a backfill loads them')
  .option('--simulate-updates', 'then play a second round of changes and run Silver and Gold again')
  .option('--seed <number>', 'another seed makes another shop', count, 1)
  .option('--out <folder>', 'where the results go; what an earlier run left there is replaced', '.medallion')
  .option('--serve', 'then show the dashboard as a web page, on this machine only, until Ctrl+C')
  .option('--port <number>', 'with --serve: where; 0 is any port that is free', port, 3210)
  .addOption(watching())
  .option('--beat <seconds>', 'with --watch: from one handful of changes to the next', seconds, 2)
  .addHelpText('after', '\nExit code: 0 if every table equals the source, 1 if one differs or the run fails.')
  .action(async (options: ExampleOptions) => {
    process.exitCode = await example(options);
  });

async function example(options: ExampleOptions): Promise<number> {
  process.stdout.write('The e-commerce pipeline of examples/ecommerce, on this machine\n');
  const start = Date.now();
  const spec = await synthesize();
  const took = ((Date.now() - start) / 1000).toFixed(2).padStart(7);
  process.stdout.write(`${took} s  Synth: examples/ecommerce/app.ts   (before the local run, and not counted in its time)\n`);
  const now = new Date();
  const first = options.existing ? changesOfShop(options, now) : openShop(options, now);
  const rounds = [first, ...options.simulateUpdates ? [nextDay(options, now)] : []];
  const live = new LiveShop(options, options.orders + (options.simulateUpdates ? nextDayOrders(options) : 0));
  const source = new SimulatedSource(spec, rounds, { now: () => new Date() }, {
    ...(options.existing && { existing: existingShop(options, now) }),
    next: () => live.next(new Date()),
  });
  return run({ spec, out: options.out, seed: options.seed, source, firstQuery: FIRST_QUERY, ...served(options) });
}

/** As `cdk synth` would: the app in a process of its own, and then only what it wrote is read. */
async function synthesize(): Promise<PipelineSpec> {
  const assembly = mkdtempSync(path.join(tmpdir(), 'ecommerce-cdk.out-'));
  try {
    await promisify(execFile)(TSX, [APP], { env: { ...process.env, CDK_OUTDIR: assembly, ...NO_TEMPLATE_CHECKS } });
    return choosePipeline(findPipelines(assembly), undefined).spec;
  } finally {
    rmSync(assembly, { recursive: true, force: true });
  }
}

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
