import type { Connectivity } from './Connectivity';
import type { Placement } from './Placement';
import {
  remoteClusterOf,
  isPlacedOn,
  isHub,
  limitToPlacement,
  stalenessOf,
} from './remoteClusters';
import { ReportStore } from './ReportStore';
import type { Target } from './Target';

const now = '2026-11-21T10:00:00.000Z';
const away: Connectivity = {
  phase: 'unreachable',
  since: '2026-11-21T09:00:00.000Z',
  reason: 'Unreachable',
  why: 'The API server timed out',
};

const west = (connectivity: Connectivity) =>
  ({ name: 'west', connectivity } as Target);

/** A placement of a platform with the clusters local and west. */
function placementOn(target?: Target): Placement {
  const known: Record<string, object> = {
    local: { spec: {} },
    west: { spec: { credentials: { secret: 'west' } } },
    gone: { spec: { credentials: { secret: 'gone' } } },
  };
  return {
    caches: {
      clusters: {
        get: (name: string) => known[name],
        list: () => Object.values(known),
      },
    },
    target,
    targets: {
      get: (name: string) =>
        name === 'west' ? west({ phase: 'connected' }) : undefined,
    },
  } as unknown as Placement;
}

const tenant = {
  spec: {
    environments: [
      { name: 'dev', cluster: 'local' },
      { name: 'test', cluster: 'west' },
      { name: 'prod', cluster: 'nowhere' },
    ],
  },
} as Parameters<typeof limitToPlacement>[1];

describe('where environments are', () => {
  it.each([
    ['local', true],
    ['west', false],
    // Its Cluster was deleted: nothing of it comes to the hub for that.
    ['nowhere', false],
  ])('takes the cluster %s for the hub: %s', (name, is) => {
    expect(isHub(placementOn().caches, name)).toBe(is);
  });

  it('takes the usual name for the hub where no Cluster says more', () => {
    const described = (...list: object[]) => ({
      clusters: { get: () => undefined, list: () => list } as never,
    });
    expect(isHub(described(), 'local')).toBe(true);
    const other = { spec: { credentials: { secret: 'west' } } };
    expect(isHub(described(other), 'local')).toBe(true);
    expect(isHub(described({ spec: {} }, other), 'local')).toBe(false);
  });

  it('passes each cluster its environments', () => {
    const names = (placement: Placement) =>
      limitToPlacement(placement, tenant).spec.environments.map(
        ({ name }) => name,
      );
    expect(names(placementOn())).toEqual(['dev']);
    expect(names(placementOn(west({ phase: 'connected' })))).toEqual(['test']);
    expect(isPlacedOn(placementOn(), tenant, 'prod')).toBe(false);
    expect(isPlacedOn(placementOn(), undefined, 'dev')).toBe(true);
  });

  it('distinguishes missing clusters from existing ones', () => {
    expect(remoteClusterOf(placementOn(), tenant, 'test')?.target?.name).toBe(
      'west',
    );
    expect(remoteClusterOf(placementOn(), tenant, 'prod')).toEqual({
      cluster: 'nowhere',
      target: undefined,
    });
  });
});

describe('how old it is what is known', () => {
  const stale = (
    presence: Connectivity,
    before?: { since: string; why: string },
  ) => stalenessOf({ cluster: 'west', target: west(presence) }, before, now);

  it('is not old while its cluster is here', () => {
    expect(
      stale({ phase: 'connected' }, { since: now, why: 'x' }),
    ).toBeUndefined();
  });

  it('is as old as its cluster is away, however often it is asked', () => {
    const first = stale(away);
    expect(first).toEqual({
      since: away.since,
      why: 'Cluster west is unreachable: The API server timed out.',
    });
    expect(stale(away, first)).toEqual(first);
    // An operator that has just begun knows no better than what was told before.
    const later = { ...away, since: now };
    expect(stale(later, first)).toEqual(first);
    expect(stale({ phase: 'connecting' }, first)).toEqual(first);
  });

  it('says that there is no such cluster', () => {
    expect(stalenessOf({ cluster: 'west' }, undefined, now)).toEqual({
      since: now,
      why: 'Cluster "west" was not found.',
    });
  });
});

describe('reports', () => {
  it('report only changes', () => {
    const told: string[] = [];
    const reports = new ReportStore<{ left: number }>(key => told.push(key));
    reports.set('a', { left: 1 });
    reports.set('a', { left: 1 });
    reports.set('a', { left: 0 });
    reports.delete('a');
    reports.delete('a');
    expect(told).toEqual(['a', 'a', 'a']);
    expect(reports.get('a')).toBeUndefined();
  });
});
