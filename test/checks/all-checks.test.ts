import * as fs from 'node:fs';
import * as path from 'node:path';
import { ALL_CHECKS } from '../../src/checks/all-checks';
import { reported } from '../helpers/check-context';
import { ecommerceDefinition } from '../helpers/ecommerce-definition';

const FOLDER = path.join(__dirname, '..', '..', 'src', 'checks');

test('every check that exists is asked', () => {
  const written = fs.readdirSync(FOLDER)
    .flatMap(file => [...fs.readFileSync(path.join(FOLDER, file), 'utf8').matchAll(/^export const (check\w+): Check = /gm)])
    .map(([, name]) => name);
  expect(ALL_CHECKS.map(check => check.name).sort()).toEqual(written.sort());
});

test.each(ALL_CHECKS.map(check => [check.name, check] as const))('%s has nothing against the e-commerce pipeline', (_, check) => {
  expect(reported(check, ecommerceDefinition())).toEqual([]);
});

test.each(ALL_CHECKS.map(check => [check.name, check] as const))('%s survives a definition in which nothing fits', (_, check) => {
  const { tables, gold, dashboards } = ecommerceDefinition();
  // Gold and dashboards without their tables, enrichments without their dimension.
  const { customers, ...others } = tables;
  expect(customers).toBeDefined();
  expect(() => reported(check, { tables: others, gold, dashboards })).not.toThrow();
  expect(() => reported(check, { tables: {}, gold, dashboards })).not.toThrow();
  expect(() => reported(check, { tables, gold: {}, dashboards })).not.toThrow();
});
