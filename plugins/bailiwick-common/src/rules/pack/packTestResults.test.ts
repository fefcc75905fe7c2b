import { readTestResults } from './packTestResults';

const results = {
  digest: `sha256:${'0'.repeat(64)}`,
  runtime: '0.1.0',
  archetypes: { loans: { passed: 7, failed: 1 } },
};

const withSample = (sample: object) =>
  JSON.stringify({
    ...results,
    archetypes: { loans: { passed: 7, failed: 1, sample } },
  });

describe('readTestResults', () => {
  it('reads the written file', () => {
    expect(readTestResults(JSON.stringify(results))).toEqual(results);
    const rows = [{ isbn: '1', loans: 3, lent: true, since: null }];
    expect(
      readTestResults(withSample({ function: 'loans', rows })),
    ).toMatchObject({ archetypes: { loans: { sample: { rows } } } });
  });

  it.each([
    undefined,
    '',
    'passed',
    '[]',
    JSON.stringify({ ...results, digest: 'latest' }),
    JSON.stringify({ ...results, archetypes: { loans: { passed: -1 } } }),
    JSON.stringify({ ...results, archetypes: { loans: { passed: 'all' } } }),
    withSample({ function: 'loans', rows: [] }),
    withSample({ function: 'loans', rows: [{ isbn: ['1'] }] }),
    withSample({ function: 'loans', rows: Array(25).fill({ isbn: '1' }) }),
  ])('reads no result from %j', text => {
    expect(readTestResults(text)).toBeUndefined();
  });
});
