import { testSummary } from './testSummary';

const none = { passed: 0, failed: 0, skipped: 0, seconds: 0, failures: [] };

describe('testSummary', () => {
  it.each([
    [{ passed: 1 }, '1 test passed'],
    [{ passed: 3, skipped: 2 }, '3 tests passed, 2 skipped'],
    [{ passed: 2, failed: 1 }, '1 of 3 tests failed'],
    [{ failed: 1, skipped: 1 }, '1 of 1 test failed, 1 skipped'],
    [{ skipped: 2 }, 'All tests are skipped (2)'],
    [{}, 'The code has no tests'],
  ])('summarizes %j', (counts, words) => {
    expect(testSummary({ ...none, ...counts })).toBe(words);
  });
});
