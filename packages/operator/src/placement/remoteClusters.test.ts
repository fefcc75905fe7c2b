import type { Placement } from './Placement';
import {
  isHub,
  isPlacedOn,
  limitToPlacement,
  remoteClusterOf,
} from './remoteClusters';
import type { Target } from './Target';

const west = { name: 'west', connectivity: { phase: 'connected' } } as Target;

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
      get: (name: string) => (name === 'west' ? west : undefined),
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

describe('clusters of environments', () => {
  it.each([
    ['local', true],
    ['west', false],
    // Its Cluster was deleted; its environments do not move to the hub.
    ['nowhere', false],
  ])('recognizes whether the cluster %s is the hub: %s', (name, is) => {
    expect(isHub(placementOn().caches, name)).toBe(is);
  });

  it('regards the default name as the hub if no Cluster lacks credentials', () => {
    const described = (...list: object[]) => ({
      clusters: { get: () => undefined, list: () => list } as never,
    });
    expect(isHub(described(), 'local')).toBe(true);
    const other = { spec: { credentials: { secret: 'west' } } };
    expect(isHub(described(other), 'local')).toBe(true);
    expect(isHub(described({ spec: {} }, other), 'local')).toBe(false);
  });

  it('limits a tenant to the environments on the cluster of a placement', () => {
    const names = (placement: Placement) =>
      limitToPlacement(placement, tenant).spec.environments.map(
        ({ name }) => name,
      );
    expect(names(placementOn())).toEqual(['dev']);
    expect(names(placementOn(west))).toEqual(['test']);
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
