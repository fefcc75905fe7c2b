import type { Archetype, DomainPack } from '../../kinds';
import { labels } from '../../kinds';
import { datasetsOf, findArchetype, packOf } from './packOf';
import { keptPackName, newestPacks, packNameOf } from './versions';

function pack(version: string, archetype: string, name = 'market'): DomainPack {
  return {
    metadata: { name },
    spec: { version, archetypes: [{ name: archetype }] },
  } as DomainPack;
}

function kept(version: string, archetype: string): DomainPack {
  const name = keptPackName('market', version);
  const metadata = { name, labels: { [labels.versionOf]: 'market' } };
  return { ...pack(version, archetype), metadata };
}

function lookUp(...packs: DomainPack[]) {
  return {
    get: (name: string) => packs.find(one => one.metadata.name === name),
  };
}

const of = (version: string, name = 'feed') => ({
  pack: 'market',
  version,
  name,
});

describe('packOf', () => {
  const newest = pack('2.0.0', 'new-feed');
  const older = kept('1.0.0', 'feed');
  const packs = lookUp(newest, older);

  it('is the version that is pinned', () => {
    expect(packOf(packs, of('1.0.0'))).toBe(older);
    expect(packOf(packs, of('2.0.0'))).toBe(newest);
  });

  it('is the newest one when the pinned version is not kept', () => {
    expect(packOf(packs, of('1.0.1'))).toBe(newest);
  });

  it('prefers the newest one to a kept copy of the same version', () => {
    const again = kept('2.0.0', 'feed');
    expect(packOf(lookUp(newest, again), of('2.0.0'))).toBe(newest);
  });

  it('is none when the pack was uninstalled', () => {
    expect(packOf(lookUp(older), of('1.0.0'))).toBeUndefined();
  });

  it('leads to an archetype that later versions do not have', () => {
    expect(findArchetype(packs, of('1.0.0'))).toEqual({
      pack: older,
      archetype: { name: 'feed' },
    });
    expect(findArchetype(packs, of('2.0.0'))).toEqual({ pack: newest });
  });
});

describe('versions that are kept', () => {
  it('have unique names that are valid in Kubernetes and that no pack has', () => {
    const versions = ['2.0.0', '2.0.0-rc.1', '2.0.0-RC.1', '2.0.0-a..b'];
    const names = versions.map(version => keptPackName('market', version));
    expect(names.slice(0, 2)).toEqual(['market--2.0.0', 'market--2.0.0-rc.1']);
    expect(new Set(names).size).toBe(versions.length);
    for (const name of names)
      expect(name).toMatch(
        /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+$/,
      );
  });

  it('are of their pack, and not among those that people choose from', () => {
    const newest = pack('2.0.0', 'feed');
    const older = kept('1.0.0', 'feed');
    expect([newest, older].map(packNameOf)).toEqual(['market', 'market']);
    expect(newestPacks([older, newest])).toEqual([newest]);
  });
});

describe('datasetsOf', () => {
  it('returns the datasets whose files an archetype writes', () => {
    const datasets = ['stocks', 'bonds', 'hidden'].map(name => ({
      name,
      file: `data/${name}.csv`,
    }));
    const files = ['data/bonds.csv', 'functions.py', 'hidden.csv'].map(
      path => ({ path }),
    );
    const found = datasetsOf(
      { spec: { datasets } } as DomainPack,
      { files } as Archetype,
    );
    expect(found.map(({ name }) => name)).toEqual(['bonds']);
  });
});
