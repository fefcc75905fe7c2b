import { fleetLists } from './__fixtures__/fleetLists';
import { FleetFeed, type FleetChange } from './FleetFeed';

describe('FleetFeed', () => {
  let lists: ReturnType<typeof fleetLists>;
  let feed: FleetFeed;
  let told: FleetChange[];

  beforeEach(() => {
    jest.useFakeTimers();
    lists = fleetLists();
    lists.apps.set('rates', 'prices');
    lists.apps.set('rates', 'curves');
    feed = new FleetFeed(lists);
    told = [];
    feed.subscribe(change => told.push(change));
  });
  afterEach(() => jest.useRealTimers());

  const rows = () => [...feed.entries()].map(({ text }) => JSON.parse(text));

  it('describes an app as a row, without contract, answers and settings', () => {
    expect(rows()[0]).toEqual({
      tenant: 'rates',
      name: 'prices',
      title: 'prices',
      owner: 'group:default/rates',
      pack: 'market',
      version: '1.0.0',
      archetype: 'price-feed',
      shape: 'function',
      madeAt: '2026-11-20T08:00:00Z',
      health: 'Healthy',
      environments: [
        {
          name: 'dev',
          cluster: 'local',
          health: 'Healthy',
          why: 'One of one pod answers.',
          next: '',
          commit: '3f9c1e2a9b8c',
          pods: { ready: 1, desired: 1 },
          since: '2026-11-20T09:00:00Z',
        },
      ],
    });
  });

  it('reports an app without a status', () => {
    lists.apps.set('rates', 'new', { status: undefined });
    jest.advanceTimersByTime(100);
    expect(rows()[2]).toMatchObject({
      health: 'Unknown',
      environments: [{ health: 'Unknown', pods: { ready: 0, desired: 0 } }],
    });
  });

  it('gathers the changes of 100 ms into one version', () => {
    lists.apps.fail('rates', 'prices', 'It crashes.');
    lists.apps.fail('rates', 'curves', 'It crashes.');
    lists.apps.fail('rates', 'prices', 'It crashes again.');
    jest.advanceTimersByTime(99);
    expect(told).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(told).toEqual([
      {
        version: 2,
        ids: new Set(['rates/prices', 'rates/curves']),
        tenants: false,
      },
    ]);
    expect(feed.get('rates/prices')!.text).toContain('crashes again');
  });

  it('does not report changes that no row shows', () => {
    const text = feed.get('rates/prices')!.text;
    lists.apps.set('rates', 'prices', { metadata: { resourceVersion: '9' } });
    jest.advanceTimersByTime(1_000);
    expect(told).toEqual([]);
    expect(feed.get('rates/prices')).toMatchObject({ text, version: 1 });
  });

  it('drops an app that is deleted or being deleted', () => {
    lists.apps.delete('rates', 'prices');
    lists.apps.set('rates', 'curves', {
      metadata: { deletionTimestamp: '2026-11-20T10:00:00Z' },
    });
    jest.advanceTimersByTime(100);
    expect(rows()).toEqual([]);
    expect([...told[0].ids]).toEqual(['rates/prices', 'rates/curves']);
  });

  it('checks all apps of a tenant again when its spec changes, and only then', () => {
    lists.tenants.set('rates');
    jest.advanceTimersByTime(100);
    expect(told).toEqual([]);
    lists.tenants.set('rates', { generation: 2 });
    jest.advanceTimersByTime(100);
    expect(told[0]).toMatchObject({ tenants: true });
    expect(told[0].ids.size).toBe(2);
  });

  it('updates the shape of apps when their pack arrives', () => {
    lists.packs.clear();
    lists.apps.set('rates', 'prices', { metadata: { resourceVersion: '2' } });
    jest.advanceTimersByTime(100);
    expect(JSON.parse(feed.get('rates/prices')!.text).shape).toBeUndefined();
    lists.packs.set('market');
    jest.advanceTimersByTime(100);
    expect(JSON.parse(feed.get('rates/prices')!.text).shape).toBe('function');
    // A version that is kept for them.
    lists.packs.set('market', '2.0.0');
    lists.packs.keep('market', '1.0.0', 'job');
    jest.advanceTimersByTime(100);
    expect(JSON.parse(feed.get('rates/prices')!.text).shape).toBe('job');
  });
});
