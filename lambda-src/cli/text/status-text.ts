import type { DeployedResources } from '../../../src/spec/deployed-pipeline';
import type { Named } from '../../../src/spec/pipeline-spec';
import type { StreamState } from '../../aws/stream-states';
import type { Paused } from '../../operations/pause';
import type { PipelineStatus } from '../../operations/pipeline-status';
import { pausedTable, titleOf } from './paused-text';
import { plainTable } from './plain-table';
import { workAttention, workTexts } from './work-text';

export interface DeployedStatus extends PipelineStatus {
  readonly streams: Named<StreamState>;
  /** What reads the streams and starts the stages, and whether it is paused. */
  readonly switches: readonly Paused[];
}

export interface StatusText {
  readonly text: string;
  /** What somebody should look at, a sentence each. */
  readonly attention: readonly string[];
}

const LONGEST_SILENCE = 16 * 60;

export function statusText({ name, region }: Pick<DeployedResources, 'name' | 'region'>, status: DeployedStatus): StatusText {
  const attention = attentionTo(name, status);
  const paused = status.switches.filter(({ since }) => since !== undefined);
  const parts = [
    `${name} in ${region}`,
    plainTable(['Silver table', 'state', 'files waiting', 'since (UTC)', 'last run', 'stream'],
      Object.entries(status.silver).map(([table, { state, waitingFiles, waitingSince, committedRun }]) => [
        table, state, String(waitingFiles), waitingSince ?? '', committedRun ?? 'none', status.streams[table]?.state ?? '',
      ]), ['left', 'left', 'right', 'left', 'left', 'left']),
    ...Object.keys(status.gold).length === 0 ? [] : [
      plainTable(['Gold table', 'state', 'up to run'], Object.entries(status.gold).map(([table, { state, consumedRun }]) => [table, state, consumedRun ?? 'none'])),
    ],
    ...paused.length === 0 ? [] : [pausedTable(paused)],
    ...workTexts(status),
    status.holder ? `at work: ${status.holder.id}, last sign of life ${status.holder.silentSeconds} s ago` : 'nobody is at work',
    ...status.statementsInFlight.length === 0 ? [] : [
      plainTable(['statement in flight', 'recorded', 'query execution'],
        status.statementsInFlight.map(({ slot, recordedAt, queryExecutionId }) => [slot, recordedAt, queryExecutionId ?? 'not known'])),
    ],
    attention.length === 0 ? 'nothing needs looking at' : attention.map(sentence => `! ${sentence}`).join('\n'),
  ];
  return { text: `${parts.join('\n\n')}\n`, attention };
}

function attentionTo(name: string, status: DeployedStatus): string[] {
  const command = (words: string) => `npx cdk-medallion-analytics ${words} --pipeline ${name}`;
  return [
    ...status.switches.filter(({ since, advice }) => since ?? advice).map(one => `${titleOf(one)}: ${one.advice ?? `paused; to go on: ${command('resume')}`}`),
    ...Object.entries(status.streams)
      .filter(([, { lastResult }]) => lastResult.startsWith('PROBLEM'))
      .map(([table, { lastResult }]) => `the last batch of ${table} failed: ${lastResult}`),
    ...Object.entries(status.silver)
      .filter(([, { unreadableFiles }]) => unreadableFiles.length > 0)
      .map(([table, { unreadableFiles }]) => `${table} leaves out ${unreadableFiles.length} Bronze files that cannot be read: ${unreadableFiles.join(', ')}`),
    ...workAttention(status, command),
    ...status.failedBatches > 0 ? [`${status.failedBatches} failed batches are kept; to put them through again: ${command('redrive')}`] : [],
    ...status.rejectedFiles > 0 ? [`${status.rejectedFiles} files of rejected records are kept; after a fix: ${command('redrive')}`] : [],
    ...status.holder && status.holder.silentSeconds > LONGEST_SILENCE
      ? [`${status.holder.id} has been silent for ${status.holder.silentSeconds} s; the next run takes over from it`] : [],
  ];
}
