import type { App, Archetype, DomainPack } from '../../kinds';
import { keptPackName } from './versions';

/** Finds domain packs by the names of their objects. @public */
export interface PackLookUp {
  get(name: string): DomainPack | undefined;
}

/** Returns the pack in the version of an app or a release; the newest one if that version does not exist. @public */
export function packOf(
  packs: PackLookUp,
  { pack, version }: Pick<App['spec']['archetype'], 'pack' | 'version'>,
): DomainPack | undefined {
  const newest = packs.get(pack);
  if (!newest || newest.spec.version === version) return newest;
  return packs.get(keptPackName(pack, version)) ?? newest;
}

/** Returns the archetype and the pack ({@link packOf}) of an app or a release, if they exist. @public */
export function findArchetype(
  packs: PackLookUp,
  reference: App['spec']['archetype'],
): { archetype?: Archetype; pack?: DomainPack } {
  const pack = packOf(packs, reference);
  const archetype = pack?.spec.archetypes.find(
    ({ name }) => name === reference.name,
  );
  return { archetype, pack };
}

/** The data sets of a pack that come with the apps of an archetype: their files are in its code template. @public */
export function datasetsOf(
  { spec }: DomainPack,
  { files }: Archetype,
): DomainPack['spec']['datasets'] {
  return spec.datasets.filter(({ file }) => {
    const path = `data/${file.split('/').pop()}`;
    return files.some(one => one.path === path);
  });
}
