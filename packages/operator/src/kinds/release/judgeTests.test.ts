import { judgeTests } from './judgeTests';

const tests = {
  passed: 0,
  failed: 0,
  skipped: 0,
  seconds: 0.5,
  failures: [] as object[],
};

describe('judgeTests', () => {
  it.each([
    [{ passed: 1 }, 'Passed', '1 test passed.'],
    [{}, 'Missing', 'The code has no tests.'],
    [
      {
        passed: 2,
        failed: 1,
        failures: [{ name: 'test_a', message: 'no\nx' }],
      },
      'Failed',
      '1 of 3 tests failed: test_a: no.',
    ],
    [{ failed: 1 }, 'Failed', '1 of 1 test failed.'],
  ])('judges %j as %s', (report, verdict, detail) => {
    const response = { contract: {}, tests: { ...tests, ...report } };
    expect(judgeTests(response)).toEqual({ verdict, detail });
  });

  it.each([
    [
      { problems: [{ file: 'functions.py', line: 3, message: 'no type.' }] },
      "The code can't be loaded: functions.py:3: no type.",
    ],
    [
      { error: { type: 'try-failed', message: 'It used more than 64 MiB' } },
      'The tests did not finish: It used more than 64 MiB.',
    ],
    ['nonsense', 'The runtime returned no result of the tests.'],
    [{ tests: { passed: -1 } }, 'The runtime returned no result of the tests.'],
  ])('judges %j as a failure', (response, detail) => {
    expect(judgeTests(response)).toEqual({ verdict: 'Failed', detail });
  });

  it('judges nothing that the code under test did not cause', () => {
    const error = (type: string) => ({ error: { type, message: 'no memory' } });
    expect(() => judgeTests(error('try-interrupted'))).toThrow('no memory');
    expect(judgeTests(error('tests-unsupported'))).toBeUndefined();
  });

  it('truncates the detail', () => {
    const message = 'x'.repeat(4000);
    const verdict = judgeTests({ error: { message } });
    expect(verdict?.detail).toHaveLength(500);
  });
});
