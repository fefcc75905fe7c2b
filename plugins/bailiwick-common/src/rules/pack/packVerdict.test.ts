import { readPackVerdict } from './packVerdict';

const verdict = {
  digest: `sha256:${'0'.repeat(64)}`,
  runtime: '0.1.0',
  archetypes: { loans: { passed: 7, failed: 1 } },
};

const withSample = (sample: object) =>
  JSON.stringify({
    ...verdict,
    archetypes: { loans: { passed: 7, failed: 1, sample } },
  });

describe('readPackVerdict', () => {
  it('reads the written file', () => {
    expect(readPackVerdict(JSON.stringify(verdict))).toEqual(verdict);
    const rows = [{ isbn: '1', loans: 3, lent: true, since: null }];
    expect(
      readPackVerdict(withSample({ function: 'loans', rows })),
    ).toMatchObject({ archetypes: { loans: { sample: { rows } } } });
  });

  it.each([
    undefined,
    '',
    'passed',
    '[]',
    JSON.stringify({ ...verdict, digest: 'latest' }),
    JSON.stringify({ ...verdict, archetypes: { loans: { passed: -1 } } }),
    JSON.stringify({ ...verdict, archetypes: { loans: { passed: 'all' } } }),
    withSample({ function: 'loans', rows: [] }),
    withSample({ function: 'loans', rows: [{ isbn: ['1'] }] }),
    withSample({ function: 'loans', rows: Array(25).fill({ isbn: '1' }) }),
  ])('reads no result from %j', text => {
    expect(readPackVerdict(text)).toBeUndefined();
  });
});
