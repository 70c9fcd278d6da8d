import { Command } from 'commander';
import type { PipelineSpec } from '../../../src/spec/pipeline-spec';
import { choosePipeline, findPipelines } from '../../local/find-pipelines';
import { generateChanges, generateRows } from '../../local/generate-rows';
import { anyQuery, run } from '../../local/run-command';
import { EventFileSource } from '../../local/source/event-file-source';
import { SimulatedSource, type ChangeRound } from '../../local/source/simulated-source';
import { count, madeUp, port, seconds, served, sourceNames, watching } from '../options';

interface LocalOptions {
  readonly app: string;
  readonly pipeline?: string;
  readonly events?: string;
  readonly source?: ReadonlyMap<string, string>;
  readonly existing: number;
  readonly rows: number;
  readonly updates: number;
  readonly deletes: number;
  readonly seed: number;
  readonly out: string;
  readonly serve?: true;
  readonly port: number;
  readonly watch?: true;
  readonly beat: number;
}

export function localCommand(): Command {
  return new Command('local')
    .description('run a pipeline of a synthesized app on this machine, without an AWS account, and hold its tables against the source')
    .option('--app <folder>', 'the cloud assembly that `npx cdk synth` wrote', 'cdk.out')
    .option('--pipeline <path>', 'construct path of the pipeline, if the app has several')
    .option('--events <file>', 'changes to play: stream records as Lambda receives them, JSON lines, a record or an event a line')
    .option('--source <name=table>', 'with --events: the Silver table that a DynamoDB table belongs to; may be repeated', sourceNames)
    .addOption(madeUp('--existing <number>', 'without --events: made-up items that each table holds before its stream begins; a backfill loads them', 0))
    .addOption(madeUp('--rows <number>', 'without --events: made-up rows for each table', 100))
    .addOption(madeUp('--updates <number>', 'without --events: made-up updates for each table', 50))
    .addOption(madeUp('--deletes <number>', 'without --events: made-up deletes for each table', 10))
    .option('--seed <number>', 'another seed makes other rows, and has other batches delivered twice', count, 1)
    .option('--out <folder>', 'where the results go; what an earlier run left there is replaced', '.medallion')
    .option('--serve', 'then show the dashboards as a web page, on this machine only, until Ctrl+C')
    .option('--port <number>', 'with --serve: where; 0 is any port that is free', port, 3210)
    .addOption(watching().conflicts('events'))
    .option('--beat <seconds>', 'with --watch: from one handful of changes to the next', seconds, 2)
    .addHelpText('after', '\nExit code: 0 if every table equals the source, 1 if one differs or the run fails.')
    .action(async (options: LocalOptions, command: Command) => {
      if (options.source && options.events === undefined) command.error("error: option '--source' says whose the records of '--events <file>' are; name that file too");
      process.exitCode = await local(options);
    });
}

function existingRows(spec: PipelineSpec, { existing, seed }: LocalOptions, now: Date): ChangeRound | undefined {
  if (existing === 0) return undefined;
  return { ...generateRows(spec, { rows: existing, updates: 0, deletes: 0, seed: seed + 1 }, now), title: 'items that are older than the streams' };
}

/** Of each table a few rows change with each beat, and one may go or come back. */
function furtherRows(spec: PipelineSpec, { rows, seed }: LocalOptions): () => ChangeRound {
  let beat = 0;
  return () => generateChanges(spec, { rows, updates: 3, deletes: 1, seed: seed + 2 + beat++ }, new Date());
}

async function local(options: LocalOptions): Promise<number> {
  const { path, spec } = choosePipeline(findPipelines(options.app), options.pipeline);
  const now = new Date();
  const source = options.events === undefined
    ? new SimulatedSource(spec, [generateRows(spec, options, now)], { now: () => new Date() }, {
      existing: existingRows(spec, options, now), next: furtherRows(spec, options),
    })
    : await EventFileSource.open(options.events, spec, options.source ?? new Map());
  process.stdout.write(`${path} on this machine\n`);
  return run({ spec, out: options.out, seed: options.seed, source, values: options.events === undefined ? 'made-up' : 'own', firstQuery: anyQuery(spec), ...served(options) });
}
