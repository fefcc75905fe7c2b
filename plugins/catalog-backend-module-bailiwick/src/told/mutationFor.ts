import type {
  DeferredEntity,
  EntityProviderMutation,
} from '@backstage/plugin-catalog-node';
import type { Described } from './Remembered';

const locationKey = 'bailiwick';

/** What the catalog was told: digests by reference. */
export type Told = ReadonlyMap<string, string>;

/** Digests of entities, by their references. */
export function digestsOf(now: Described[]): Told {
  return new Map(now.map(({ digest, ref }) => [ref, digest]));
}

/**
 * What to tell the catalog so that it has just these entities; `undefined` when it has them.
 *
 * @param told - what it was told before; everything is told when absent
 */
export function mutationFor(
  told: Told | undefined,
  now: Described[],
): EntityProviderMutation | undefined {
  const defer = ({ entity }: Described): DeferredEntity => ({
    entity,
    locationKey,
  });
  if (!told) return { type: 'full', entities: now.map(defer) };
  const added = now.filter(({ digest, ref }) => told.get(ref) !== digest);
  const kept = new Set(now.map(({ ref }) => ref));
  const removed = [...told.keys()]
    .filter(ref => !kept.has(ref))
    .map(entityRef => ({ entityRef, locationKey }));
  if (added.length + removed.length === 0) return undefined;
  return { type: 'delta', added: added.map(defer), removed };
}
