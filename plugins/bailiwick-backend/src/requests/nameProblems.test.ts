import { nameProblems } from './nameProblems';

const inUse = { tenants: ['rates-desk'], waiting: ['fx-lab'] };

describe('nameProblems', () => {
  it.each([
    ['default', /reserved/],
    ['a--b', /must not contain "--"/],
    ['rates-desk', /There is a tenant "rates-desk" already/],
    ['fx-lab', /waiting already/],
    ['ratesdesk', /easily taken for the tenant "rates-desk"/],
    ['fx-1ab', /easily taken for the tenant "fx-lab"/],
  ])('refuses %s', (name, words) => {
    expect(nameProblems(name, inUse)).toEqual([expect.stringMatching(words)]);
  });

  it('finds nothing wrong with a name that is free', () => {
    expect(nameProblems('genomics', inUse)).toEqual([]);
  });
});
