import type {
  DeferredEntity,
  EntityProviderMutation,
} from '@backstage/plugin-catalog-node';
import type { EntityRecord } from './EntityCache';

const locationKey = 'bailiwick';

/** Digests of the entities that the catalog has, by reference. */
export type SentDigests = ReadonlyMap<string, string>;

/** Returns the digests of entities by reference. */
export function digestsOf(now: EntityRecord[]): SentDigests {
  return new Map(now.map(({ digest, ref }) => [ref, digest]));
}

/**
 * Returns the mutation after which the catalog has exactly these entities; `undefined` if it has them.
 *
 * @param sent - entities that it has already; a full mutation if absent
 */
export function mutationFor(
  sent: SentDigests | undefined,
  now: EntityRecord[],
): EntityProviderMutation | undefined {
  const defer = ({ entity }: EntityRecord): DeferredEntity => ({
    entity,
    locationKey,
  });
  if (!sent) return { type: 'full', entities: now.map(defer) };
  const added = now.filter(({ digest, ref }) => sent.get(ref) !== digest);
  const kept = new Set(now.map(({ ref }) => ref));
  const removed = [...sent.keys()]
    .filter(ref => !kept.has(ref))
    .map(entityRef => ({ entityRef, locationKey }));
  if (added.length + removed.length === 0) return undefined;
  return { type: 'delta', added: added.map(defer), removed };
}
