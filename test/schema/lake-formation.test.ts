import { explainLakeFormation, LakeFormationError } from '../../lambda-src/schema/lake-formation';

const DATABASES = ['shop_silver', 'shop_gold'];

test.each([
  'Insufficient Lake Formation permission(s): Required Create Database on Catalog',
  'create orders: FAILED: Execution Error, return code 1. MetaException(message:Insufficient Lake Formation permission(s): Required Create Table on shop_silver)',
])('what Lake Formation refuses is explained with the fix: %s', message => {
  const cause = new Error(message);
  const explained = explainLakeFormation(cause, DATABASES) as LakeFormationError;
  expect(explained).toBeInstanceOf(LakeFormationError);
  expect(explained.message).toContain(message);
  expect(explained.message).toMatch(/Fix: .* databases shop_silver, shop_gold to IAM/);
  expect(explained.message).toContain('grant ALL (Super) on each of the databases and on all of their tables to IAMAllowedPrincipals');
  expect(explained.cause).toBe(cause);
});

test('any other error stays as it came', () => {
  const error = new Error('AccessDeniedException: not authorized to perform glue:CreateDatabase');
  expect(explainLakeFormation(error, DATABASES)).toBe(error);
  expect(explainLakeFormation('text', DATABASES)).toBe('text');
});
