import type { AppResource } from '@bailiwick/backstage-plugin-bailiwick-node';
import { matchesFilter } from './fleetFilter';

const feed = {
  app: {
    spec: {
      archetype: { pack: 'market' },
      environments: [{ name: 'dev' }],
    },
  },
  tenant: {
    metadata: { name: 'rates-desk' },
    spec: {
      environments: [
        { name: 'dev', cluster: 'here' },
        { name: 'prod', cluster: 'far' },
      ],
    },
  },
} as AppResource;

describe('matchesFilter', () => {
  it.each([
    [{}, true],
    [{ tenant: 'rates-desk' }, true],
    [{ tenant: 'fx-desk' }, false],
    [{ pack: 'market' }, true],
    [{ pack: 'plants' }, false],
    [{ cluster: 'here' }, true],
    // The app has nothing in prod.
    [{ cluster: 'far' }, false],
    [{ tenant: 'rates-desk', pack: 'plants' }, false],
  ])('with %j is %s', (part, expected) => {
    expect(matchesFilter(part, feed)).toBe(expected);
  });

  it('contains no app of a deleted tenant in the filters by tenant or cluster', () => {
    const { app } = feed;
    expect(matchesFilter({ tenant: 'rates-desk' }, { app })).toBe(false);
    expect(matchesFilter({ cluster: 'here' }, { app })).toBe(false);
  });
});
