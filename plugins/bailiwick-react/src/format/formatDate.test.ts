import { formatInstants } from './formatDate';

describe('formatInstants', () => {
  it('writes each instant as people do, and leaves the rest', () => {
    const words = formatInstants(
      'The tenant a-1 was renewed from 2026-11-20T08:00:00Z until 2027-11-20T09:30:05.449Z; 2 apps',
    );
    expect(words).toMatch(
      /^The tenant a-1 was renewed from November \d+, 2026 at \d\d:\d\d until November \d+, 2027 at \d\d:\d\d; 2 apps$/,
    );
  });

  it('leaves a sentence without instants as it is', () => {
    expect(formatInstants('2 of 2 environments ready')).toBe(
      '2 of 2 environments ready',
    );
  });
});
