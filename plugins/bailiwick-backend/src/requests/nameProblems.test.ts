import { nameProblems } from './nameProblems';

const inUse = { tenants: ['rates-desk'], waiting: ['fx-lab'] };

describe('nameProblems', () => {
  it.each([
    ['default', /reserved/],
    ['a--b', /must not contain "--"/],
    ['rates-desk', /Tenant "rates-desk" already exists/],
    ['fx-lab', /already pending/],
    ['ratesdesk', /too similar to tenant "rates-desk"/],
    ['fx-1ab', /too similar to tenant "fx-lab"/],
  ])('refuses %s', (name, words) => {
    expect(nameProblems(name, inUse)).toEqual([expect.stringMatching(words)]);
  });

  it('finds nothing wrong with a name that is free', () => {
    expect(nameProblems('genomics', inUse)).toEqual([]);
  });
});
