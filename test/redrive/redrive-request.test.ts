import { parseRedriveRequest, RedriveRequestError } from '../../lambda-src/redrive/redrive-request';
import { SHOP } from '../bronze/bronze-fixture';

test.each([[undefined], [null], [{}]])('%j asks for everything', payload => {
  expect(parseRedriveRequest(payload, SHOP)).toEqual({});
});

test('tables are Silver tables, and the next payload of a report is one', () => {
  const payload = { tables: ['orders_enriched'], dryRun: true, startedAt: '2026-01-31T10:00:00.000Z', after: 'aws/lambda/x' };
  expect(parseRedriveRequest(payload, SHOP)).toEqual(payload);
});

test('everything wrong is said at once', () => {
  const payload = { tables: ['orders', 7], dryRun: 'yes', startedAt: 'soon', after: 5, table: 'x' };
  expect(() => parseRedriveRequest(payload, SHOP)).toThrow(new RedriveRequestError([
    'the payload cannot be used:',
    '- table: there is no such property; use tables, dryRun, startedAt, after',
    '- tables: "orders" is no Silver table of this pipeline; use orders_enriched, products',
    '- tables: 7 is no Silver table of this pipeline; use orders_enriched, products',
    '- dryRun: "yes" is neither true nor false',
    '- startedAt: "soon" is no ISO time; send "next" of the last report as it is',
    '- after: 5 is no key; send "next" of the last report as it is',
  ].join('\n')));
});

test.each([['text'], [7], [[]]])('%j is no payload', payload => {
  expect(() => parseRedriveRequest(payload, SHOP)).toThrow(RedriveRequestError);
});

test('a single name is no list', () => {
  expect(() => parseRedriveRequest({ tables: 'orders_enriched' }, SHOP)).toThrow('"orders_enriched" is no list; send ["orders_enriched"]');
});
