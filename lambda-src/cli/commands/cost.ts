import { Command } from 'commander';
import { costCard, type CostCard } from '../../cost/cost-card';
import { PRICES } from '../../cost/prices';
import { idleWorkload, orderWorkload, type TableWorkload, type Workload } from '../../cost/workload';
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

/** Where nothing else is said. */
const USUAL: TableWorkload = { changesPerDay: 10_000, items: 1_000_000, itemBytes: 1024 };

export function costCommand(): Command {
  return new Command('cost')
    .description('estimate what a pipeline of a synthesized app costs a month')
    .option('--app <folder>', 'the cloud assembly that `npx cdk synth` wrote', 'cdk.out')
    .option('--pipeline <path>', 'construct path of the pipeline, if the app has several')
    .option('--changes <number|table=number>', 'writes a day, for every table or for one; may be repeated', countsByTable)
    .option('--items <number|table=number>', 'items, for every table or for one; may be repeated', countsByTable)
    .option('--item-bytes <number|table=number>', 'bytes of an item, for every table or for one; may be repeated', countsByTable)
    .option('--dashboard-hours <number>', 'hours a day in which somebody has a dashboard open', count, 8)
    .option('--json', 'print JSON for programs')
    .addHelpText('after', `\nList prices of ${PRICES.region}, ${PRICES.asOf}, without free tiers. The writes to your own tables and a host for Grafana are not in it.`)
    .action((options: CostOptions) => {
      const pipeline = choosePipeline(findPipelines(options.app), options.pipeline);
      const named = [options.changes, options.items, options.itemBytes].flatMap(counts => Object.keys(counts?.tables ?? {}));
      chosen('Silver table', named, Object.keys(pipeline.spec.tables));
      const cards = cardsOf(pipeline, options);
      process.stdout.write(options.json ? `${JSON.stringify({ prices: PRICES, cards }, undefined, 2)}\n` : textOf(pipeline, cards));
    });
}

interface NamedCard {
  readonly name: string;
  readonly card: CostCard;
}

function cardsOf(pipeline: FoundPipeline, options: CostOptions): NamedCard[] {
  const { spec } = pipeline;
  const names = Object.keys(spec.tables);
  const parts = templateParts(pipeline);
  const fact = names.find(name => spec.tables[name].enrichments.length > 0) ?? names[0];
  const workloads: readonly (readonly [string, Workload])[] = [
    ['idle', idleWorkload(names)],
    ['1,000 orders a day', orderWorkload(names, fact, 1000)],
    ['50,000 orders a day', orderWorkload(names, fact, 50_000)],
    ['yours', givenWorkload(names, options)],
  ];
  return workloads.map(([name, workload]) => ({ name, card: costCard(spec, workload, parts) }));
}

function givenWorkload(names: readonly string[], { changes, items, itemBytes, dashboardHours }: CostOptions): Workload {
  const of = (counts: CountsByTable | undefined, name: string, usual: number) => counts?.tables[name] ?? counts?.every ?? usual;
  return {
    dashboardHours,
    tables: Object.fromEntries(names.map(name => [name, {
      changesPerDay: of(changes, name, USUAL.changesPerDay),
      items: of(items, name, USUAL.items),
      itemBytes: of(itemBytes, name, USUAL.itemBytes),
    }])),
  };
}

function textOf({ path }: FoundPipeline, cards: readonly NamedCard[]): string {
  const [{ card: first }] = cards;
  // What is counted differs from card to card: the first words of it say what a line is.
  const rows = first.lines.map(({ service, what }, line) => [service, what.replace(/^[\d,]+ /, ''), ...cards.map(({ card }) => dollars(card.lines[line].dollars))]);
  const table = plainTable(['', 'USD a month', ...cards.map(({ name }) => name)], [
    ...rows, ['', 'together', ...cards.map(({ card }) => dollars(card.total))],
  ], ['left', 'left', ...cards.map(() => 'right' as const)]);
  const yours = cards.at(-1)!.card.lines.map(({ service, what }) => `${service}: ${what}`).filter(line => /: [1-9]/.test(line)).join('; ');
  return `${path}, list prices of ${PRICES.region} in ${PRICES.asOf}, without free tiers\n\n${table}\n\nyours: ${yours}\n`
    + 'An estimate: measure before you plan by it. Not in it: writes to your own tables (their streams are free for Lambda), point-in-time\n'
    + `recovery for backfills (${PRICES.pointInTimeRecoveryGigabyteMonth} USD a GB of table), and a host for Grafana.\n`;
}

function dollars(value: number): string {
  return value > 0 && value < 0.01 ? '<0.01' : value.toFixed(2);
}
