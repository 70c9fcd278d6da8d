import { App, Stack, Token } from 'aws-cdk-lib';
import { publishSpec, SPEC_METADATA, UnresolvedSpecError } from '../../src/shipping/publish-spec';
import type { DashboardSpec } from '../../src/spec/dashboard-spec';
import { SPEC_VERSION, type PipelineSpec } from '../../src/spec/pipeline-spec';

const REST: Pick<DashboardSpec, 'range' | 'variables' | 'panels'> = { range: { kind: 'today', timeZone: 'Etc/UTC' }, variables: {}, panels: [] };
const EMPTY: PipelineSpec = { specVersion: SPEC_VERSION, timeZone: 'Etc/UTC', tables: {}, gold: {}, dashboards: {} };
const stack = new Stack(new App(), 'Shop');

test('the spec becomes metadata of the construct, as it is', () => {
  const scope = new Stack(new App(), 'Other');
  publishSpec(scope, EMPTY, 'shop');
  expect(scope.node.metadata).toContainEqual(expect.objectContaining({ type: SPEC_METADATA, data: EMPTY }));
});

test.each([
  ['text', { ...EMPTY, timeZone: Token.asString({ Ref: 'Zone' }) }, 'timeZone'],
  ['part of a text', { ...EMPTY, timeZone: `Europe/${Token.asString({ Ref: 'Zone' })}` }, 'timeZone'],
  ['a number', { ...EMPTY, dashboards: { sales: { title: 'Sales', refreshSeconds: Token.asNumber({ Ref: 'Seconds' }), ...REST } } }, 'dashboards.sales.refreshSeconds'],
  ['a list', { ...EMPTY, tables: { orders: { key: Token.asList({ Ref: 'Key' }) } } } as unknown as PipelineSpec, 'tables.orders.key'],
  ['a name', { ...EMPTY, dashboards: { [Token.asString({ Ref: 'Name' })]: { title: 'Sales', refreshSeconds: 5, ...REST } } }, 'dashboards (a name)'],
])('%s that is a token is refused by its path', (_, spec, path) => {
  expect(() => publishSpec(stack, spec, 'shop')).toThrow(UnresolvedSpecError);
  expect(() => publishSpec(stack, spec, 'shop')).toThrow(`Shop: a pipeline must be known at synth, but these values are tokens: ${path}`);
});
