import { Command } from 'commander';
import { ASSUMED, largeUnpartitioned } from '../../cost/assumptions';
import { costCard, type CostCard } from '../../cost/cost-card';
import { PRICES } from '../../cost/prices';
import { idleWorkload, orderWorkload, type Workload } from '../../cost/workload';
import { choosePipeline, findPipelines, type FoundPipeline } from '../../local/find-pipelines';
import { templateParts } from '../../local/template-parts';
import { chosen } from '../choose';
import { count, countsByTable, type CountsByTable } from '../options';
import { plainTable } from '../text/plain-table';

interface CostOptions {
  readonly app: string;
  readonly pipeline?: string;
  readonly changes?: CountsByTable;
  readonly items?: CountsByTable;
  readonly itemBytes?: CountsByTable;
  readonly dashboardHours: number;
  readonly json?: true;
}

export function costCommand(): Command {
  return new Command('cost')
    .description('estimate what a pipeline of a synthesized app costs a month')
    .option('--app <folder>', 'the cloud assembly that `npx cdk synth` wrote', 'cdk.out')
    .option('--pipeline <path>', 'construct path of the pipeline, if the app has several')
    .option('--changes <number|table=number>', `writes a day, for every table or for one; may be repeated (default: ${figure(ASSUMED.changesPerDay)} for each)`, countsByTable)
    .option('--items <number|table=number>', `items, for every table or for one; may be repeated (default: ${figure(ASSUMED.items)} for each)`, countsByTable)
    .option('--item-bytes <number|table=number>', `bytes of an item, for every table or for one; may be repeated (default: ${figure(ASSUMED.itemBytes)} for each)`, countsByTable)
    .option('--dashboard-hours <number>', 'hours a day in which somebody has a dashboard open', count, 8)
    .option('--json', 'print JSON for programs')
    .addHelpText('after', `\nList prices of ${PRICES.region}, ${PRICES.asOf}, without free tiers. The writes to your own tables and a host for Grafana are not in it.`)
    .action((options: CostOptions) => {
      const pipeline = choosePipeline(findPipelines(options.app), options.pipeline);
      const named = [options.changes, options.items, options.itemBytes].flatMap(counts => Object.keys(counts?.tables ?? {}));
      chosen('Silver table', named, Object.keys(pipeline.spec.tables));
      const cards = cardsOf(pipeline, options);
      process.stdout.write(options.json ? `${JSON.stringify({ prices: PRICES, cards: cards.map(({ name, card }) => ({ name, card })) }, undefined, 2)}\n` : textOf(pipeline, cards, options));
    });
}

interface NamedCard {
  readonly name: string;
  readonly workload: Workload;
  readonly card: CostCard;
}

function cardsOf(pipeline: FoundPipeline, options: CostOptions): NamedCard[] {
  const { spec } = pipeline;
  const names = Object.keys(spec.tables);
  const parts = templateParts(pipeline);
  const fact = factOf(pipeline);
  const workloads: readonly (readonly [string, Workload])[] = [
    ['idle', idleWorkload(names)],
    ['1,000 orders a day', orderWorkload(names, fact, 1000)],
    ['50,000 orders a day', orderWorkload(names, fact, 50_000)],
    ['yours', givenWorkload(names, options)],
  ];
  return workloads.map(([name, workload]) => ({ name, workload, card: costCard(spec, workload, parts) }));
}

/** The table that most changes are taken to be of. */
function factOf({ spec: { tables } }: FoundPipeline): string {
  return Object.keys(tables).find(name => tables[name].enrichments.length > 0) ?? Object.keys(tables)[0];
}

function givenWorkload(names: readonly string[], { changes, items, itemBytes, dashboardHours }: CostOptions): Workload {
  const of = (counts: CountsByTable | undefined, name: string, usual: number) => counts?.tables[name] ?? counts?.every ?? usual;
  return {
    dashboardHours,
    tables: Object.fromEntries(names.map(name => [name, {
      changesPerDay: of(changes, name, ASSUMED.changesPerDay),
      items: of(items, name, ASSUMED.items),
      itemBytes: of(itemBytes, name, ASSUMED.itemBytes),
    }])),
  };
}

function textOf(pipeline: FoundPipeline, cards: readonly NamedCard[], options: CostOptions): string {
  const [{ card: first }] = cards;
  // What is counted differs from card to card: the first words of it say what a line is.
  const rows = first.lines.map(({ service, what }, line) => [service, what.replace(/^[\d,]+ /, ''), ...cards.map(({ card }) => dollars(card.lines[line].dollars))]);
  const last = saysOwn(options) ? 'yours' : 'assumed';
  const table = plainTable(['', 'USD a month', ...cards.slice(0, -1).map(({ name }) => name), last], [
    ...rows, ['', 'together', ...cards.map(({ card }) => dollars(card.total))],
  ], ['left', 'left', ...cards.map(() => 'right' as const)]);
  const counted = cards.at(-1)!.card.lines.map(({ service, what }) => `${service}: ${what}`).filter(line => /: [1-9]/.test(line)).join('; ');
  return `${pipeline.path}, list prices of ${PRICES.region} in ${PRICES.asOf}, without free tiers\n\n${table}\n\n`
    + [...remarks(pipeline, cards, options), `counted in the last column: ${counted}`].map(line => `${line}\n`).join('')
    + 'An estimate: measure before you plan by it. Not in it: writes to your own tables (their streams are free for Lambda), point-in-time\n'
    + `recovery for backfills (${PRICES.pointInTimeRecoveryGigabyteMonth} USD a GB of table), and a host for Grafana.\n`;
}

/** What the columns take for granted, and what would cost less. */
function remarks(pipeline: FoundPipeline, cards: readonly NamedCard[], { changes, items, itemBytes }: CostOptions): string[] {
  const assumed = [
    ...changes?.every === undefined ? [`${figure(ASSUMED.changesPerDay)} writes a day (--changes)`] : [],
    ...items?.every === undefined ? [`${figure(ASSUMED.items)} items (--items)`] : [],
    ...itemBytes?.every === undefined ? [`${figure(ASSUMED.itemBytes)} bytes an item (--item-bytes)`] : [],
  ];
  const tables = Object.keys(pipeline.spec.tables);
  const others = tables.length > 1 ? '; each of the other tables changes a fiftieth as often' : '';
  const large = largeUnpartitioned(pipeline.spec, cards.map(({ workload }) => workload));
  return [
    `orders a day: writes to ${factOf(pipeline)}${others}`,
    ...assumed.length > 0 ? [`assumed for each table that no option names: ${assumed.join(', ')}`] : [],
    ...large.length > 0 ? [`large and without partitionBy, so that every statement reads all of it: ${large.join(', ')}. `
      + 'Give it partitionBy first; then a longer silverSchedule saves most'] : [],
  ];
}

function saysOwn({ changes, items, itemBytes }: CostOptions): boolean {
  return [changes, items, itemBytes].some(counts => counts !== undefined);
}

function figure(value: number): string {
  return value.toLocaleString('en-US');
}

function dollars(value: number): string {
  return value > 0 && value < 0.01 ? '<0.01' : value.toFixed(2);
}
