import type {
  App,
  Archetype,
  DomainPack,
  Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { datasetsOf } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { resourceRef } from './resources';

/**
 * Data sets and connections of an app's archetype, as references. What only an older version of the pack
 * has is left out: it is not in the catalog.
 */
export function packDependencies(
  pinned: DomainPack,
  archetype: Archetype,
  newest: DomainPack,
): string[] {
  const { datasets, connections = [] } = newest.spec;
  const { name } = newest.metadata;
  const used = datasetsOf(pinned, archetype).map(one => one.name);
  return [
    ...datasets
      .filter(one => used.includes(one.name))
      .map(one => resourceRef('dataset', name, one.name)),
    ...connections
      .filter(one => archetype.connections?.includes(one.name))
      .map(one => resourceRef('connection', name, one.name)),
  ];
}

/** Names of the clusters on which an app runs, as far as they are there. */
export function clustersOf(
  { spec }: App,
  tenant: Tenant | undefined,
  clusters: ReadonlySet<string>,
): string[] {
  const named = spec.environments.flatMap(
    ({ name }) =>
      tenant?.spec.environments.find(one => one.name === name)?.cluster ?? [],
  );
  return [...new Set(named)].filter(name => clusters.has(name)).sort();
}
