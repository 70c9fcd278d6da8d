import type { Clock } from '../ports/clock';
import type { LocalPipeline } from './local-pipeline';
import type { Random } from './random';
import { conversionErrors, heldBack, metricRows, recomputed, rejected } from './run-findings';
import type { RunObserver } from './run-observer';
import type { RoundReport, RunReport } from './run-report';
import { unmatched, warnings } from './silver-findings';
import type { ChangeSource, ExistingItems, Round } from './source/change-source';
import { StreamDelivery } from './stream-delivery';
import type { TableCheck } from './verify/table-check';
import { withoutValue } from './without-value';

export interface LocalRunOptions {
  readonly pipeline: LocalPipeline;
  readonly source: ChangeSource;
  /** Decides which batches come twice. */
  readonly random: Random;
  readonly observer: RunObserver;
  readonly clock: Pick<Clock, 'now'>;
}

/** Progress is told so often. */
const STRIDE = 100;

/** Plays a source's changes through the pipeline, round by round, and holds every table against the source after each. */
export async function runLocally(options: LocalRunOptions): Promise<RunReport> {
  const { pipeline, source, clock } = options;
  const start = clock.now().getTime();
  await pipeline.deploy(source.tableArns);
  if (source.existing) await backfill(source.existing, options);
  const rounds: RoundReport[] = [];
  for (const round of source.rounds) rounds.push(await playRound(round, options));
  return {
    rounds,
    metrics: await metricRows(pipeline),
    heldBack: await heldBack(pipeline),
    conversionErrors: await conversionErrors(pipeline),
    warnings: await warnings(pipeline),
    unmatched: await unmatched(pipeline),
    rejected: await rejected(pipeline),
    withoutValue: withoutValue(pipeline.spec, table => source.items(table)),
    seconds: (clock.now().getTime() - start) / 1000,
  };
}

/** The items come to the tables before the streams, and to the lake by a full export of each. */
async function backfill(existing: ExistingItems, { pipeline, observer }: LocalRunOptions): Promise<void> {
  const tables = Object.keys(pipeline.spec.tables);
  const step = observer.begin(`Backfill: ${existing.title}`, tables.length);
  existing.fill();
  let rows = 0;
  for (const table of tables) {
    rows += (await pipeline.backfill(table, existing)).rows;
    step.advance(1);
  }
  step.end(`${number(rows)} rows from the exports of ${tables.length} tables`);
}

async function playRound(round: Round, options: LocalRunOptions): Promise<RoundReport> {
  await playChanges(round, options);
  await mergeIntoSilver(options);
  const refreshedAt = await refreshGold(options);
  return { title: round.title, checks: await verify(refreshedAt, options) };
}

/** Returns how many changes there were. */
export async function playChanges(round: Round, { pipeline, random, observer }: LocalRunOptions): Promise<number> {
  const step = observer.begin(`Bronze: ${round.title}`, round.size);
  const delivery = new StreamDelivery(event => pipeline.ingest(event), random);
  let changes = 0;
  for await (const arrival of round.play()) {
    await delivery.add(arrival);
    changes++;
    if (changes % STRIDE === 0) step.advance(STRIDE);
  }
  await delivery.flush();
  const again = delivery.redeliveries > 0 ? `, ${delivery.redeliveries} of them delivered again` : '';
  step.end(`${number(changes)} ${changes === 1 ? 'change' : 'changes'} in ${number(delivery.batches)} ${delivery.batches === 1 ? 'batch' : 'batches'}${again}`);
  return changes;
}

async function mergeIntoSilver({ pipeline, observer }: LocalRunOptions): Promise<void> {
  const step = observer.begin('Silver: merge what is new', 1);
  const { tables } = await pipeline.runSilver();
  step.end(Object.entries(tables).map(([table, { inspection }]) => `${table} ${number(inspection.keys)}`).join(', '));
}

async function refreshGold({ pipeline, observer, clock }: LocalRunOptions): Promise<Date> {
  const step = observer.begin('Gold: refresh what was touched', 1);
  const start = clock.now();
  const { at } = await pipeline.runGold();
  const rows = await recomputed(pipeline, start);
  step.end(rows.map(({ table, fresh, all }) => `${table} ${fresh === all ? number(all) : `${number(fresh)} of ${number(all)}`}`).join(', ') || 'no Gold table');
  return at;
}

/** `refreshedAt`: a time that all windows of Gold were cut by. */
export async function verify(refreshedAt: Date, { pipeline, source, observer }: LocalRunOptions): Promise<TableCheck[]> {
  const { spec } = pipeline;
  const size = 2 * Object.keys(spec.tables).length + Object.keys(spec.gold).length;
  const step = observer.begin('Verify: recompute from the source', size);
  const verification = await pipeline.verification();
  try {
    const checks: TableCheck[] = [];
    for (const table of Object.keys(spec.tables)) checks.push(await verification.bronze(table, pipeline.lake, source.changes(table)));
    step.advance(checks.length);
    checks.push(...await verification.silver(table => source.items(table)));
    step.advance(Object.keys(spec.tables).length);
    checks.push(...await verification.gold(refreshedAt));
    const different = checks.filter(({ verdict }) => verdict === 'different').length;
    step.end(different === 0 ? `all ${checks.length} tables are equal` : `${different} of ${checks.length} tables DIFFER`);
    return checks;
  } finally {
    verification.close();
  }
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
