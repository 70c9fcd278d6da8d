import type { RedriveReport } from '../../redrive/redrive-report';
import type { RedriveRequest } from '../../redrive/redrive-request';
import { plainTable } from './plain-table';

export function redriveText({ tables, filesDone, filesLeft, left }: RedriveReport, { dryRun }: RedriveRequest): string {
  const names = Object.entries(tables);
  const head = ['Bronze table', dryRun ? 'changes that would be put through' : 'changes put through', ...dryRun ? [] : ['rejected once more']];
  const unnamed = filesLeft - left.length;
  return [
    ...names.length === 0 ? [] : [
      plainTable(head, names.map(([name, { changes, rejected }]) => [name, figure(changes), ...dryRun ? [] : [figure(rejected)]]), ['left', 'right', 'right']),
    ],
    filesDone + filesLeft === 0 ? 'nothing is set aside' : `${figure(filesDone)} files ${dryRun ? 'would be done' : 'done'}, ${figure(filesLeft)} left`,
    ...left.map(({ key, why, message }) => `! ${key} (${why}): ${message}`),
    ...unnamed > 0 ? [`and ${figure(unnamed)} more`] : [],
  ].join('\n').concat('\n');
}

function figure(value: number): string {
  return value.toLocaleString('en-US');
}
