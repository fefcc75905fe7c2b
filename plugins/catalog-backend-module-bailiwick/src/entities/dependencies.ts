import type {
  App,
  Archetype,
  DomainPack,
  Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { datasetsOf } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { resourceRef } from './resources';

/**
 * Returns references to the datasets and connections of an app's archetype. Those of older versions of the pack are
 * omitted: they are not in the catalog.
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

/** Returns the names of the existing clusters on which an app runs. */
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
