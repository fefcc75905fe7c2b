import { aFleetRow } from '../../__fixtures__/views';
import { environmentsOf, groupApps, type Grouping } from './fleetGroups';
import type { ShownApp } from './fleetCriteria';

const [dev, prod] = aFleetRow().environments;
const shown = (fields: Parameters<typeof aFleetRow>[0]): ShownApp => {
  const row = aFleetRow(fields);
  return { row, places: row.environments, health: row.health };
};
const apps = [
  shown({ name: 'a', environments: [dev, { ...prod, cluster: 'west' }] }),
  shown({ name: 'b', tenant: 'labs', health: 'Failed', version: '1.10.0' }),
  shown({ name: 'c', pack: 'genes', version: '1.9.0' }),
];
const group = (by: Grouping) =>
  groupApps(apps, by, key => key).map(
    ({ apps: members, key }) =>
      `${key}: ${members.map(({ row }) => row.name).join(' ')}`,
  );

describe('groupApps', () => {
  it('puts those of one tenant together', () => {
    expect(group('tenant')).toEqual(['labs: b', 'rates-desk: a c']);
  });

  it('puts the worst first', () => {
    expect(group('health')).toEqual(['Failed: b', 'Healthy: a c']);
  });

  it('sorts 9 before 10', () => {
    expect(group('version')).toEqual([
      'genes 1.9.0: c',
      'market 1.0.0: a',
      'market 1.10.0: b',
    ]);
  });

  it('shows the environments on each cluster', () => {
    expect(group('cluster')).toEqual(['local: a b c', 'west: a']);
    const [, west] = groupApps(apps, 'cluster', key => key);
    expect(west.apps[0].places.map(({ name }) => name)).toEqual(['prod']);
  });
});

describe('environmentsOf', () => {
  it('orders environments from trial to production', () => {
    const place = (name: string) => ({ ...dev, name });
    expect(
      environmentsOf([
        shown({ environments: [place('prod')] }),
        shown({ environments: [place('dev'), place('test'), place('prod')] }),
      ]),
    ).toEqual(['dev', 'test', 'prod']);
    expect(
      environmentsOf([
        shown({ environments: [place('try'), place('live')] }),
        shown({ environments: [place('try'), place('trial'), place('live')] }),
      ]),
    ).toEqual(['try', 'trial', 'live']);
  });
});
