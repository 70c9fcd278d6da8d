import * as limits from '../../lambda-src/journal/limits';

describe('the limits that make the journal safe', () => {
  test('a token is known for as long as anything signed under it can arrive', () => {
    expect(limits.SUBMIT_WITHIN + limits.SIGNATURE_LIFE).toBeLessThan(limits.TOKEN_LIFE);
  });

  test('a statement is given up only when the last one submitted has ended', () => {
    expect(limits.SUBMIT_WITHIN + limits.SIGNATURE_LIFE + limits.LONGEST_STATEMENT).toBeLessThanOrEqual(limits.DROP_AFTER);
  });

  test('neither is OPTIMIZE, which may run for longer', () => {
    expect(limits.SUBMIT_WITHIN + limits.SIGNATURE_LIFE + limits.LONGEST_OPTIMIZE).toBeLessThanOrEqual(limits.DROP_OPTIMIZE_AFTER);
  });

  test('a lease outlives the invocation that holds it, and one that waits renews it in time', () => {
    expect(limits.LEASE).toBeGreaterThan(limits.LAMBDA_TIMEOUT);
    expect(limits.LEASE_RENEWAL * 3).toBeLessThan(limits.LEASE);
  });
});
