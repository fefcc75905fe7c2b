import { brokenAnswers, brokenOrder } from './answerRules';

const parameters = {
  properties: {
    start: { title: 'First month' },
    end: { title: 'Last month', 'x-bailiwick': { notBefore: 'start' } },
  },
};

describe('brokenAnswers', () => {
  it('names the parameter that is before the one it must follow', () => {
    expect(
      brokenAnswers(parameters, { start: '2010-01', end: '2009-12' }),
    ).toEqual(['Last month must not be before First month, 2010-01']);
  });

  it.each([
    { start: '2009-12', end: '2010-01' },
    { start: '2009-12', end: '2009-12' },
    { start: '2009-12' },
    { end: '2009-12', start: '' },
    {},
  ])('has nothing against %j', answers => {
    expect(brokenAnswers(parameters, answers)).toEqual([]);
  });
});

describe('brokenOrder', () => {
  it('compares numbers as numbers', () => {
    expect(brokenOrder(10, { title: 'Least', answer: 9 })).toBeUndefined();
    expect(brokenOrder(9, { title: 'Least', answer: 10 })).toBe(
      'must not be before Least, 10',
    );
  });

  it.each([
    ['2026-02-02T10:00:00+02:00', '2026-02-02T09:00:00Z', true],
    ['2026-02-02T09:00:00Z', '2026-02-02T10:00:00+02:00', false],
    ['2026-02-02T10:00:00.5Z', '2026-02-02T10:00:00Z', false],
  ])('compares the instants %s and %s by time', (answer, begin, isBefore) => {
    expect(brokenOrder(answer, { title: 'Begin', answer: begin })).toBe(
      isBefore ? `must not be before Begin, ${begin}` : undefined,
    );
  });
});
