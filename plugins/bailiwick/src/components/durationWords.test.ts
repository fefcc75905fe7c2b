import { durationWords } from './durationWords';

describe('durationWords', () => {
  it.each([
    ['365d', '365 days'],
    ['1d', '1 day'],
    ['12h', '12 hours'],
    ['90m', '90 minutes'],
  ])('reads %s as %s', (duration, words) => {
    expect(durationWords(duration)).toBe(words);
  });
});
