import { readArchetypeVerdict, readPackVerdict } from './packVerdict';

const verdict = {
  digest: `sha256:${'0'.repeat(64)}`,
  runtime: '0.1.0',
  archetypes: { loans: { passed: 7, failed: 1 } },
};

describe('readPackVerdict', () => {
  it('reads what was written', () => {
    expect(readPackVerdict(JSON.stringify(verdict))).toEqual(verdict);
  });

  it.each([
    undefined,
    '',
    'passed',
    '[]',
    JSON.stringify({ ...verdict, digest: 'latest' }),
    JSON.stringify({ ...verdict, archetypes: { loans: { passed: -1 } } }),
  ])('takes no verdict from %j', text => {
    expect(readPackVerdict(text)).toBeUndefined();
  });
});

describe('readArchetypeVerdict', () => {
  it('reads the numbers and nothing else', () => {
    expect(readArchetypeVerdict('{"passed":7,"failed":0}')).toEqual({
      passed: 7,
      failed: 0,
    });
    expect(readArchetypeVerdict('{"passed":"all"}')).toBeUndefined();
  });
});
