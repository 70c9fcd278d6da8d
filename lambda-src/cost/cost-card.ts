import { counted } from '../../src/expression/counted';
import { METRICS } from '../../src/spec/metrics';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { PRICES } from './prices';
import { queriesOf, type QueryLoad } from './query-load';
import type { DeployedParts, TableWorkload, Workload } from './workload';

/** What a month of 30 days costs, in US dollars. */
export interface CostCard {
  readonly lines: readonly CostLine[];
  readonly total: number;
}

export interface CostLine {
  readonly service: string;
  readonly what: string;
  readonly dollars: number;
}

const DAYS = 30;
const GIGABYTE = 1024 ** 3;
const TERABYTE = 1024 ** 4;
const MINUTES_A_DAY = 1440;

/** A Bronze file holds both images and the typed columns, compressed. */
const BRONZE_SHARE = 0.5;
/** Silver and Gold together, with the snapshots of a few days. */
const LAKE_SHARE = 0.5;
/** Seconds that a stage waits for one statement of Athena. */
const STATEMENT_SECONDS = 4;
/** Requests that a statement costs: what the journal writes, and the files, manifests and metadata of an Iceberg commit. */
const WRITES_A_STATEMENT = 12;
const READS_A_STATEMENT = 60;
const LOG_BYTES_AN_INVOCATION = 2048;
/** Metrics that are sent only while there is something to count cost for those hours. */
const SENT_SELDOM = 0.25;

const MEMORY = { bronze: 1, stage: 0.25 };

/** Estimates, from the statements that the pipeline really runs; measure before you plan by them. */
export function costCard(spec: PipelineSpec, workload: Workload, parts: DeployedParts): CostCard {
  const tables = Object.values(workload.tables);
  const load = queriesOf(spec, workload, parts);
  const bronzeFiles = sum(tables, ({ changesPerDay }) => Math.min(changesPerDay, MINUTES_A_DAY)) * DAYS;
  const runs = (parts.silverRunsPerDay + parts.goldRunsPerDay + 1) * DAYS;
  const lines: CostLine[] = [
    { service: 'Athena', what: `${count(load.statements)} statements of Silver and Gold`, dollars: athena(load) },
    { service: 'Athena', what: `${count(load.panelQueries)} refreshes of panels`, dollars: load.panelBytes / TERABYTE * PRICES.athenaTerabyte },
    { service: 'Lambda', what: `${count(bronzeFiles)} batches`, dollars: lambda(bronzeFiles, sum(tables, bronzeSeconds) * DAYS, MEMORY.bronze) },
    { service: 'Lambda', what: `${count(runs)} starts of stages`, dollars: lambda(runs, runs + load.statements * STATEMENT_SECONDS, MEMORY.stage) },
    { service: 'S3', what: 'storage after a year', dollars: storage(tables) },
    { service: 'S3', what: 'requests', dollars: requests(bronzeFiles, load) },
    { service: 'CloudWatch', what: `${Object.keys(METRICS).length} metrics`, dollars: metrics(workload) },
    { service: 'CloudWatch', what: `${counted(parts.alarmMetrics, 'metric')} of alarms`, dollars: parts.alarmMetrics * PRICES.alarmMonth },
    { service: 'CloudWatch', what: `${counted(parts.dashboards, 'dashboard')}, if the account has three already`, dollars: parts.dashboards * PRICES.dashboardMonth },
    { service: 'CloudWatch', what: 'logs', dollars: (bronzeFiles + runs) * LOG_BYTES_AN_INVOCATION / GIGABYTE * PRICES.logsGigabyte },
    { service: 'EventBridge', what: `${count(runs)} scheduled starts`, dollars: runs / 1e6 * PRICES.schedulerMillionInvocations },
    ...parts.keys === 0 ? [] : [{ service: 'KMS', what: counted(parts.keys, 'key'), dollars: parts.keys * PRICES.keyMonth }],
  ];
  return { lines, total: sum(lines, ({ dollars }) => dollars) };
}

function athena({ bytes }: QueryLoad): number {
  return bytes / TERABYTE * PRICES.athenaTerabyte;
}

/** 0.1 s to answer, and about 10 ms for a thousand records. */
function bronzeSeconds({ changesPerDay }: TableWorkload): number {
  return Math.min(changesPerDay, MINUTES_A_DAY) * 0.1 + changesPerDay / 1000 * 0.01;
}

function lambda(invocations: number, seconds: number, gigabytes: number): number {
  return invocations / 1e6 * PRICES.lambdaMillionRequests + seconds * gigabytes * PRICES.lambdaGigabyteSecond;
}

function storage(tables: readonly TableWorkload[]): number {
  const bytes = ({ changesPerDay, items, itemBytes }: TableWorkload) =>
    itemBytes * (changesPerDay * 365 * BRONZE_SHARE + items * LAKE_SHARE);
  return sum(tables, bytes) / GIGABYTE * PRICES.s3GigabyteMonth;
}

function requests(bronzeFiles: number, { statements }: QueryLoad): number {
  const writes = bronzeFiles + statements * WRITES_A_STATEMENT;
  const reads = statements * READS_A_STATEMENT;
  return writes / 1000 * PRICES.s3ThousandWrites + reads / 1000 * PRICES.s3ThousandReads;
}

function metrics({ tables }: Workload): number {
  const isUsed = Object.values(tables).some(({ changesPerDay }) => changesPerDay > 0);
  const share = (sent: 'always' | 'unless-zero') => sent === 'always' ? 1 : isUsed ? SENT_SELDOM : 0;
  return sum(Object.values(METRICS), ({ sent }) => share(sent)) * PRICES.customMetricMonth;
}

function sum<T>(values: readonly T[], figure: (value: T) => number): number {
  return values.reduce((total, value) => total + figure(value), 0);
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
