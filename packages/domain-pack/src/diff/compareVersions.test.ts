import { compareVersions } from './compareVersions';

describe('compareVersions', () => {
  // The order of https://semver.org/spec/v2.0.0.html, item 11, and a step more at both ends.
  const inOrder = [
    '0.9.10',
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    '1.9.0',
    '1.10.0',
    '2.0.0-0-1',
  ];

  it('orders versions by the specification, in both directions', () => {
    const { length } = inOrder;
    for (let place = 0; place < length * length; place += 1) {
      const [one, other] = [place % length, Math.floor(place / length)];
      const order = compareVersions(inOrder[one], inOrder[other]);
      expect([inOrder[one], inOrder[other], Math.sign(order)]).toEqual([
        inOrder[one],
        inOrder[other],
        Math.sign(one - other),
      ]);
    }
  });
});
