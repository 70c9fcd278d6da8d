import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { templateParts } from '../../lambda-src/local/template-parts';
import { temporaryFolder } from '../helpers/temporary-folder';

const folder = temporaryFolder();

const stat = { MetricStat: { Period: 300 } };
const schedule = (rate: string) => ({ Type: 'AWS::Scheduler::Schedule', Properties: { ScheduleExpression: rate } });
const RESOURCES: { readonly [place: string]: object } = {
  'Shop/Analytics/Monitoring/one': { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'Errors' } },
  'Shop/Analytics/Monitoring/two': { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [{ Expression: 'a + b' }, stat, stat] } },
  'Shop/Analytics/Monitoring/Dashboard': { Type: 'AWS::CloudWatch::Dashboard' },
  'Shop/Analytics/Lake/Key': { Type: 'AWS::KMS::Key' },
  'Shop/Analytics/Silver/Schedule': schedule('rate(1 hour)'),
  'Shop/Analytics/Gold/Schedule': schedule('cron(0 * * * ? *)'),
  'Shop/Other/Alarm': { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'Errors' } },
};

function template(metadata: (place: string) => object): string {
  const file = path.join(folder, 'template.json');
  const resources = Object.entries(RESOURCES).map(([place, resource], i) => [`R${i}`, { ...resource, ...metadata(place) }]);
  writeFileSync(file, JSON.stringify({ Resources: Object.fromEntries(resources) as object }));
  return file;
}

describe('the parts of a pipeline', () => {
  test('are those below its path; an alarm counts as many times as it watches metrics', () => {
    const file = template(place => ({ Metadata: { 'aws:cdk:path': place } }));
    expect(templateParts({ path: 'Shop/Analytics', template: file })).toEqual({ alarmMetrics: 3, dashboards: 1, keys: 1, silverRunsPerDay: 24, goldRunsPerDay: 24 });
  });

  test('are the usual ones where the template says no paths', () => {
    const file = template(() => ({}));
    expect(templateParts({ path: 'Shop/Analytics', template: file })).toEqual({ alarmMetrics: 20, dashboards: 1, keys: 0, silverRunsPerDay: 48, goldRunsPerDay: 24 });
  });
});
