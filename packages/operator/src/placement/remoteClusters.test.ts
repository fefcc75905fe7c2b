import type { Scope } from './Placement';
import type { Presence } from './Connectivity';
import { Reports } from './ReportStore';
import type { Target } from './Target';
import { elsewhere, isHere, isHub, partOf, staleOf } from './remoteClusters';

const now = '2026-11-21T10:00:00.000Z';
const away: Presence = {
  phase: 'away',
  since: '2026-11-21T09:00:00.000Z',
  reason: 'Unreachable',
  why: 'Its API server does not answer in time',
};

const west = (presence: Presence) => ({ name: 'west', presence } as Target);

/** A scope of a platform with the clusters local and west. */
function scopeOn(target?: Target): Scope {
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
        name === 'west' ? west({ phase: 'here' }) : undefined,
    },
  } as unknown as Scope;
}

const tenant = {
  spec: {
    environments: [
      { name: 'dev', cluster: 'local' },
      { name: 'test', cluster: 'west' },
      { name: 'prod', cluster: 'nowhere' },
    ],
  },
} as Parameters<typeof partOf>[1];

describe('where environments are', () => {
  it.each([
    ['local', true],
    ['west', false],
    // Its Cluster was deleted: nothing of it comes to the hub for that.
    ['nowhere', false],
  ])('takes the cluster %s for the hub: %s', (name, is) => {
    expect(isHub(scopeOn().caches, name)).toBe(is);
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

  it('tells each cluster its part', () => {
    const names = (scope: Scope) =>
      partOf(scope, tenant).spec.environments.map(({ name }) => name);
    expect(names(scopeOn())).toEqual(['dev']);
    expect(names(scopeOn(west({ phase: 'here' })))).toEqual(['test']);
    expect(isHere(scopeOn(), tenant, 'prod')).toBe(false);
    expect(isHere(scopeOn(), undefined, 'dev')).toBe(true);
  });

  it('tells a cluster that there is not from one that there is', () => {
    expect(elsewhere(scopeOn(), tenant, 'test')?.target?.name).toBe('west');
    expect(elsewhere(scopeOn(), tenant, 'prod')).toEqual({
      cluster: 'nowhere',
      target: undefined,
    });
  });
});

describe('how old it is what is known', () => {
  const stale = (presence: Presence, before?: { since: string; why: string }) =>
    staleOf({ cluster: 'west', target: west(presence) }, before, now);

  it('is not old while its cluster is here', () => {
    expect(stale({ phase: 'here' }, { since: now, why: 'x' })).toBeUndefined();
  });

  it('is as old as its cluster is away, however often it is asked', () => {
    const first = stale(away);
    expect(first).toEqual({
      since: away.since,
      why: 'The cluster west is away: Its API server does not answer in time.',
    });
    expect(stale(away, first)).toEqual(first);
    // An operator that has just begun knows no better than what was told before.
    const later = { ...away, since: now };
    expect(stale(later, first)).toEqual(first);
    expect(stale({ phase: 'connecting' }, first)).toEqual(first);
  });

  it('says that there is no such cluster', () => {
    expect(staleOf({ cluster: 'west' }, undefined, now)).toEqual({
      since: now,
      why: 'There is no cluster "west".',
    });
  });
});

describe('reports', () => {
  it('tell only what is new', () => {
    const told: string[] = [];
    const reports = new Reports<{ left: number }>(key => told.push(key));
    reports.set('a', { left: 1 });
    reports.set('a', { left: 1 });
    reports.set('a', { left: 0 });
    reports.delete('a');
    reports.delete('a');
    expect(told).toEqual(['a', 'a', 'a']);
    expect(reports.get('a')).toBeUndefined();
  });
});
