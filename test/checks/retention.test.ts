import { Duration } from 'aws-cdk-lib';
import type { MaintenanceOptions } from '../../src';
import { checkRetention } from '../../src/checks/retention';
import { reported } from '../helpers/check-context';
import { ordersAlone } from '../helpers/definitions';

const problems = (maintenance: MaintenanceOptions) => reported(checkRetention, { ...ordersAlone(), maintenance });

test('nothing said is well', () => expect(problems({})).toEqual([]));

test.each<[string, MaintenanceOptions, MaintenanceOptions, string]>([
  [
    'deleted keys forgotten before failed batches are', { absentRetention: Duration.days(60), failureRetention: Duration.days(60) },
    { absentRetention: Duration.days(61), failureRetention: Duration.days(60) },
    'maintenance.absentRetention: a change that is put through again could bring back a row that has been deleted since (60 days). '
    + 'Fix: use 61 days at least, a day longer than failures, rejected records and the reach of an export, or keep those for less time',
  ],
  [
    'deleted keys forgotten before rejected records are', { rejectedRetention: Duration.days(120) }, { rejectedRetention: Duration.days(89) },
    'maintenance.absentRetention: a change that is put through again could bring back a row that has been deleted since (90 days). '
    + 'Fix: use 121 days at least, a day longer than failures, rejected records and the reach of an export, or keep those for less time',
  ],
  [
    'deleted keys forgotten before an export that may still have them', { absentRetention: Duration.days(49) }, { absentRetention: Duration.days(50) },
    'maintenance.absentRetention: a change that is put through again could bring back a row that has been deleted since (49 days). '
    + 'Fix: use 50 days at least, a day longer than failures, rejected records and the reach of an export, or keep those for less time',
  ],
  [
    'Bronze gone before the keys that point into it', { bronzeRetention: Duration.days(90) }, { bronzeRetention: Duration.days(91) },
    'maintenance.bronzeRetention: keys that left a table would point at changes that are gone (90 days). '
    + 'Fix: use more than absentRetention, 90 days, or keep Bronze for ever',
  ],
  [
    'half a day', { failureRetention: Duration.hours(36) }, { failureRetention: Duration.days(1) },
    'maintenance.failureRetention: S3 keeps objects for whole days (36 hours). Fix: use Duration.days(n)',
  ],
  [
    'no time at all for snapshots', { snapshotRetention: Duration.minutes(30) }, { snapshotRetention: Duration.hours(1) },
    'maintenance.snapshotRetention: queries that run would lose their snapshot (0.5 hours). Fix: keep snapshots for an hour at least',
  ],
])('%s is reported, the nearest valid choice is not', (_, wrong, right, message) => {
  expect(problems(wrong)).toEqual([message]);
  expect(problems(right)).toEqual([]);
});

test('all problems are reported at once', () => {
  expect(problems({
    snapshotRetention: Duration.seconds(1),
    absentRetention: Duration.days(1),
    bronzeRetention: Duration.hours(12),
    rejectedRetention: Duration.hours(1),
  }).map(problem => problem.split(':')[0])).toEqual([
    'maintenance.rejectedRetention', 'maintenance.bronzeRetention', 'maintenance.snapshotRetention', 'maintenance.absentRetention', 'maintenance.bronzeRetention',
  ]);
});
